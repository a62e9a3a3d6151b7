import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { runWritten } from './run-files-fixture.ts';

test('a file that keeps a handle open, computes for ever, ignores SIGTERM or leaves its output to others is ended and told as failed; the others are not', async () => {
  const end = await runWritten({
    fine: "test('fine', () => {});",
    'open-handle': "test('that fails', () => { setInterval(() => {}, 1e6); throw new Error('what went wrong'); });",
    'passes-and-stays': "process.on('SIGTERM', () => {}); test('that passes', () => { setInterval(() => {}, 1e6); });",
    computes: "test('without end', () => { for (;;); });",
    'leaves-its-output': "test('that passes', () => { spawn('setsid', ['--fork', 'sleep', '1000'], { stdio: 'inherit' }); });",
    'as-fine': "test('fine', () => {});",
  }, { isolated: false });
  assert.deepEqual([end.passed, end.failed], [4, 5], end.report);
  for (const name of ['open-handle', 'passes-and-stays', 'computes', 'leaves-its-output']) assert.match(end.report, new RegExp(`✖ ${name}.test.ts .*\\n +\\[?Error: the file has not ended in 10000 ms`), name);
  assert.match(end.report, /that fails\n[^✖]*what went wrong/);
  assert.match(end.report, /killed \d+ sleep 1000/);
});
