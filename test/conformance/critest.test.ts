/** The published conformance tests against davit with each OCI runtime: every spec of must-pass.txt is a test here. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { startNode } from '../harness/index.ts';
import { runCritest } from './critest.ts';
import { complaint, countLine } from './report.ts';
import { JUDGED_RUNTIMES } from './runtimes.ts';
import { specList } from './spec-list.ts';

/** Most of critest's time is its own waiting. */
const NODES = 4;
const { mustPass, absent } = specList();

for (const runtime of JUDGED_RUNTIMES) {
  test(`critest passes every listed spec with ${runtime.name} and leaves nothing behind`, async (t) => {
    await using node = await startNode({ config: runtime.config });
    const results = await runCritest({ socket: node.davit.socket, nodes: NODES });
    process.stdout.write(`critest with ${runtime.name}: ${countLine(results.values())}\n`);
    for (const result of results.values()) {
      if (mustPass.includes(result.name) || result.outcome === 'skipped') continue;
      process.stdout.write(`need not pass, ${result.outcome}: ${result.name}\n${result.outcome === 'failed' ? `  ${result.message.slice(0, 400)}\n` : ''}`);
    }
    await t.test('every spec of critest stands in the list', () => {
      assert.deepEqual([...results.keys()].filter((name) => !mustPass.includes(name) && !absent.includes(name)), []);
    });
    for (const name of mustPass) {
      await t.test(name, () => {
        const wrong = complaint(name, results.get(name));
        assert.equal(wrong, undefined, wrong);
      });
    }
  });
}
