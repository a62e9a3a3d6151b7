import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { logOutput } from './log-output.ts';

test('logOutput() drops lines while the reader does not keep up, says how many, and keeps a limit on memory', () => {
  const written: string[] = [];
  let release: (() => void) | undefined;
  const stream = new Writable({ decodeStrings: false, write: (chunk: string, _encoding, done) => { written.push(chunk); release = done; } });
  const write = logOutput(stream);
  const line = `${'x'.repeat(64 * 1024)}\n`;
  for (let n = 0; n < 100; n++) write(line);
  assert.ok(stream.writableLength < 1.2 * 1024 * 1024, `${stream.writableLength} bytes wait`);
  while (stream.writableLength > 0) release?.();
  write('after\n');
  while (stream.writableLength > 0) release?.();
  assert.match(written.at(-2) ?? '', /log lines were dropped: the reader is too slow count=\d\d\n$/);
  assert.equal(written.at(-1), 'after\n');
});

test('logOutput() goes on when the reader has gone', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  const write = logOutput(stream);
  write('one\n');
  await new Promise((resolve) => { stream.once('close', resolve); });
  write('two\n');
});
