/** critest on a node with systemd, pure cgroup v2 and AppArmor: everything of must-pass.txt, and what only such a kernel lets pass. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { runCritest } from '../conformance/critest.ts';
import { complaint, countLine } from '../conformance/report.ts';
import { specList } from '../conformance/spec-list.ts';
import { startNode } from '../harness/index.ts';

/** One processor, and most of critest's time is its own waiting. */
const NODES = 3;
/** Ten minutes on a quiet host. */
const TIMEOUT_MS = 25 * 60_000;
const APPARMOR = '[k8s.io] AppArmor ';
const { mustPass, absent } = specList();

test('critest passes with systemd\'s cgroup driver and AppArmor', async (t) => {
  await using node = await startNode();
  const results = await runCritest({ socket: node.davit.socket, nodes: NODES, timeoutMs: TIMEOUT_MS });
  process.stdout.write(`critest in the virtual machine: ${countLine(results.values())}\n`);
  for (const name of [...mustPass, ...absent.filter((one) => one.startsWith(APPARMOR))]) {
    await t.test(name, () => {
      const wrong = complaint(name, results.get(name));
      assert.equal(wrong, undefined, wrong);
    });
  }
});
