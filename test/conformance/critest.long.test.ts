/** critest with as many nodes as a machine of 8 cores would take, three times in a row on one daemon, and its benchmarks: `npm run test:critest-parallel`. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { startNode } from '../harness/index.ts';
import { runCritest } from './critest.ts';
import { complaint, countLine } from './report.ts';
import { specList } from './spec-list.ts';

const NODES = 8;
const RUNS = 3;
const BENCHMARK = { samples: 20, atOnce: 4 };

test(`critest with ${NODES} nodes ${RUNS} times in a row`, async () => {
  await using node = await startNode();
  for (let run = 1; run <= RUNS; run++) {
    const results = await runCritest({ socket: node.davit.socket, nodes: NODES });
    process.stdout.write(`critest, run ${run}: ${countLine(results.values())}\n`);
    assert.deepEqual(specList().mustPass.map((name) => complaint(name, results.get(name))).filter((wrong) => wrong !== undefined), []);
    await node.assertClean();
  }
});

test('critest -benchmark', async () => {
  await using node = await startNode();
  const results = await runCritest({ socket: node.davit.socket, benchmark: BENCHMARK });
  for (const { name, outcome, durationMs } of results.values()) process.stdout.write(`${outcome} in ${durationMs} ms: ${name}\n`);
  assert.deepEqual([...results.values()].filter(({ outcome }) => outcome === 'failed').map(({ name, message }) => `${name}: ${message}`), []);
  assert.equal([...results.values()].filter(({ outcome }) => outcome === 'passed').length, 5);
});
