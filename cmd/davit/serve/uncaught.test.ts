import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

const HERE = new URL('./', import.meta.url);
const program = (bug: string): string => `
  import { createLogger } from '#log';
  import { exitOnUncaught } from './uncaught.ts';
  exitOnUncaught(createLogger({ level: 'info', format: 'json', write: (line) => process.stderr.write(line) }));
  setTimeout(() => process.exit(0), 10_000);
  ${bug}`;

for (const bug of ["setImmediate(() => { throw new Error('a bug'); });", "void Promise.reject(new Error('a bug'));"]) {
  test(`exitOnUncaught() logs the stack and ends with 70 after ${bug}`, () => {
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program(bug)], { cwd: HERE, encoding: 'utf8' });
    assert.equal(status, 70, stderr);
    const line = JSON.parse(stderr) as { msg: string; error: string; stack: string };
    assert.match(line.msg, /^uncaught error/);
    assert.equal(line.error, 'a bug');
    assert.match(line.stack, /^Error: a bug\n +at /);
  });
}
