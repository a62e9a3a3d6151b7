/** critest on a node with systemd, pure cgroup v2 and AppArmor: everything of must-pass.txt, and what only such a kernel lets pass. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { runCritest } from '../conformance/critest.ts';
import { complaint, countLine } from '../conformance/report.ts';
import { specList } from '../conformance/spec-list.ts';
import { startNode } from '../harness/index.ts';

/** One processor, and most of critest's time is its own waiting. */
const NODES = 3;
/** A quarter of it on a quiet host. */
const TIMEOUT_MS = 60 * 60_000;
const APPARMOR = '[k8s.io] AppArmor ';
const { mustPass, absent } = specList();
const ofApparmor = absent.filter((one) => one.startsWith(APPARMOR));

const RUNS = [
  { runtime: 'crun', focus: undefined, expected: [...mustPass, ...ofApparmor] },
  { runtime: 'runc', focus: '\\[k8s\\.io\\] AppArmor ', expected: ofApparmor },
] as const;

test('nine specs need a kernel with AppArmor', () => { assert.equal(ofApparmor.length, 9); });

for (const { runtime, focus, expected } of RUNS) {
  test(`critest passes ${expected.length} specs with ${runtime}, systemd's cgroup driver and davit's default AppArmor profile`, async (t) => {
    await using node = await startNode({ config: `[crio.runtime]\ndefault_runtime = "${runtime}"\n` });
    // In force for every container that names no profile, which is all but those of the specs about AppArmor.
    assert.match(await readFile('/sys/kernel/security/apparmor/profiles', 'utf8'), /^davit-default \(enforce\)$/m);
    const results = await runCritest({ socket: node.davit.socket, nodes: focus === undefined ? NODES : 1, timeoutMs: TIMEOUT_MS, ...focus !== undefined && { focus } });
    process.stdout.write(`critest in the virtual machine with ${runtime}: ${countLine(results.values())}\n`);
    for (const name of expected) {
      await t.test(name, () => {
        const wrong = complaint(name, results.get(name));
        assert.equal(wrong, undefined, wrong);
      });
    }
    await t.test('every spec of critest stands in the list', () => {
      assert.deepEqual([...results.keys()].filter((name) => !mustPass.includes(name) && !absent.includes(name)), []);
    });
  });
}
