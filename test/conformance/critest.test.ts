/** The published conformance tests against davit with each OCI runtime: every spec of must-pass.txt is a test here. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startNode } from '../harness/index.ts';
import { runCritest } from './critest.ts';
import { complaint, countLine, readList } from './report.ts';
import { JUDGED_RUNTIMES } from './runtimes.ts';

/** Most of critest's time is its own waiting. */
const NODES = 4;
const MUST_PASS = readList(readFileSync(join(import.meta.dirname, 'must-pass.txt'), 'utf8'));

for (const runtime of JUDGED_RUNTIMES) {
  test(`critest passes every listed spec with ${runtime.name} and leaves nothing behind`, async (t) => {
    await using node = await startNode({ config: runtime.config });
    const results = await runCritest({ socket: node.davit.socket, nodes: NODES });
    process.stdout.write(`critest with ${runtime.name}: ${countLine(results.values())}\n`);
    for (const result of results.values()) {
      if (MUST_PASS.includes(result.name) || result.outcome === 'skipped') continue;
      process.stdout.write(`not listed, ${result.outcome}: ${result.name}\n${result.outcome === 'failed' ? `  ${result.message.slice(0, 400)}\n` : ''}`);
    }
    for (const name of MUST_PASS) {
      await t.test(name, () => {
        const wrong = complaint(name, results.get(name));
        assert.equal(wrong, undefined, wrong);
      });
    }
  });
}
