import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { DataLossError } from '#errors';
import { parseExitRecord, readExitRecord } from './exit-record.ts';

const BODY = 'record=1\nid=c1\nexit_code=137\nsignal=9\noom_killed=1\nstarted_at_ns=1795263037217225241\nfinished_at_ns=1795263039222007382\nlog_lost_lines=2\nlog_lost_bytes=80\nreason=\n';

function record(body = BODY): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write(`${body}crc32=${crc32(body).toString(16).padStart(8, '0')}\n`, 'latin1');
  return bytes;
}

test('parseExitRecord() reads a record, padded or not', () => {
  const expected = { exitCode: 137, signal: 9, oomKilled: true, startedAtNs: 1795263037217225241n, finishedAtNs: 1795263039222007382n, logLostLines: 2, logLostBytes: 80 };
  assert.deepEqual(parseExitRecord(record()), expected);
  assert.deepEqual(parseExitRecord(record().subarray(0, record().indexOf(0))), expected);
  assert.equal(parseExitRecord(record(BODY.replace('reason=', 'reason=it broke')))?.reason, 'it broke');
});

test('parseExitRecord() takes zeros for a record that is not written yet', () => {
  assert.equal(parseExitRecord(Buffer.alloc(512)), undefined);
  assert.equal(parseExitRecord(Buffer.alloc(0)), undefined);
});

test('parseExitRecord() refuses every record of which one byte is wrong or the end is missing', () => {
  const whole = record();
  const length = whole.indexOf(0);
  for (let at = 0; at < length; at++) {
    const bent = Buffer.from(whole);
    bent[at] = bent.readUInt8(at) ^ 1;
    assert.throws(() => parseExitRecord(bent), DataLossError, `byte ${at}`);
    if (at > 0) assert.throws(() => parseExitRecord(whole.subarray(0, at)), DataLossError, `cut at ${at}`);
  }
});

test('parseExitRecord() refuses another version and fields that are missing', () => {
  assert.throws(() => parseExitRecord(record(BODY.replace('record=1', 'record=2'))), /version 2/);
  assert.throws(() => parseExitRecord(record(BODY.replace('signal=9\n', ''))), /field "signal" is missing/);
});

test('readExitRecord() gives undefined for a file that is absent or reserved, and names a damaged one', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-exit-'));
  try {
    const path = join(directory, 'exit');
    assert.equal(await readExitRecord(path), undefined);
    await writeFile(path, '');
    assert.equal(await readExitRecord(path), undefined);
    await writeFile(path, Buffer.alloc(513));
    await assert.rejects(readExitRecord(path), (error: Error) => error instanceof DataLossError && error.message.includes(path));
  } finally {
    await rm(directory, { recursive: true });
  }
});
