import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { sendDatagram, unixAddress } from './datagram.ts';
import { check, native } from './libc.ts';

const AF_UNIX = 1;
const SOCK_DGRAM_NONBLOCK = 0o4002;
const socket3 = native('socket', 'int', ['int', 'int', 'int']);
const bind3 = native('bind', 'int', ['int', 'const uint8_t *', 'uint']);
const recv4 = native('recv', 'long', ['int', '_Out_ uint8_t *', 'size_t', 'int']);

let directory = '';
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'davit-dgram-')); });
afterEach(() => rmSync(directory, { recursive: true }));

for (const kind of ['path', 'abstract'] as const) {
  test(`sendDatagram() reaches a socket by ${kind} name`, () => {
    const name = kind === 'path' ? join(directory, 's') : `@davit-test-${process.pid}`;
    const address = unixAddress(name);
    const fd = check(socket3()(AF_UNIX, SOCK_DGRAM_NONBLOCK, 0), 'socket', name);
    try {
      check(bind3()(fd, address, address.length), 'bind', name);
      sendDatagram(name, 'READY=1\nSTATUS=über');
      const data = Buffer.alloc(100);
      const length = check(recv4()(fd, data, data.length, 0), 'recv', name);
      assert.equal(data.toString('utf8', 0, length), 'READY=1\nSTATUS=über');
    } finally {
      closeSync(fd);
    }
  });
}

const WRONG: readonly (readonly [name: string, path: () => string, code: string])[] = [
  ['nobody is there', () => join(directory, 'absent'), 'ENOENT'],
  ['the path is too long', () => join(directory, 'x'.repeat(120)), 'EINVAL'],
  ['the path is empty', () => '', 'EINVAL'],
];
for (const [name, path, code] of WRONG) {
  test(`sendDatagram() throws ${code} when ${name}`, () => assert.throws(() => sendDatagram(path(), 'x'), { code }));
}
