import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { check, native } from './libc.ts';
import { setSendBuffer } from './send-buffer.ts';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const socket3 = native('socket', 'int', ['int', 'int', 'int']);
const getsockopt5 = native('getsockopt', 'int', ['int', 'int', 'int', '_Out_ uint8_t *', 'uint8_t *']);

test("setSendBuffer() gives a socket what was asked for, or the most that the host gives everybody", () => {
  const fd = check(socket3()(AF_UNIX, SOCK_STREAM, 0), 'socket', '');
  try {
    // A size that everybody may have; the kernel doubles it, for what it needs itself.
    setSendBuffer(fd, 50_000);
    const [value, length] = [Buffer.alloc(4), Buffer.from([4, 0, 0, 0])];
    check(getsockopt5()(fd, SOL_SOCKET, SO_SNDBUF, value, length), 'getsockopt', '');
    assert.equal(value.readInt32LE(), 100_000);
  } finally {
    closeSync(fd);
  }
});

test('setSendBuffer() says what is no socket', () => {
  const fd = openSync('/dev/null', 'r');
  try {
    assert.throws(() => setSendBuffer(fd, 50_000), { code: 'ENOTSOCK' });
  } finally {
    closeSync(fd);
  }
});
