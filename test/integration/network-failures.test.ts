/** Plugins that fail, hang, talk nonsense or are killed, and a daemon that is killed beside them: the caller hears why, and nothing is left after the retry. */
import { strict as assert } from 'node:assert';
import { copyFile, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { DavitError } from '#errors';
import { BUSYBOX_IMAGE, eventually, podConfig, runPod, startNode } from '../harness/index.ts';
import type { TestNode } from '../harness/index.ts';

let plugins: string;
let node: TestNode;

before(async () => {
  plugins = await mkdtemp('/tmp/dvn-');
  await copyFile(join(import.meta.dirname, '../fixtures/cni/noop'), join(plugins, 'noop'));
  // The real plugin, killed so many milliseconds after its start when `mood` says "kill-bridge COMMAND SECONDS".
  await writeFile(join(plugins, 'bridge'), `#!/bin/sh
read -r word command seconds 2>/dev/null < ${plugins}/mood || :
if [ "$word $command" != "kill-bridge $CNI_COMMAND" ]; then exec /usr/lib/cni/bridge; fi
exec 3<&0
/usr/lib/cni/bridge <&3 & sleep "$seconds"; kill -9 $! 2>/dev/null && wait $! 2>/dev/null; exit 1
`, { mode: 0o755 });
  node = await startNode({ pluginDir: plugins, config: '[crio.network]\ncni_timeout = "10s"\n' });
  await useNetwork([await bridgePlugin(), { type: 'noop' }, { type: 'portmap', capabilities: { portMappings: true }, snat: true }]);
  await node.davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } });
});
afterEach(async () => {
  await rm(join(plugins, 'mood'), { force: true });
  await node.removeAllPods();
  await node.assertClean();
});
after(async () => {
  await node[Symbol.asyncDispose]();
  await rm(plugins, { recursive: true });
});

const mood = (text: string): Promise<void> => writeFile(join(plugins, 'mood'), `${text}\n`);
const well = (): Promise<void> => rm(join(plugins, 'mood'), { force: true });
const portMappings = [{ hostPort: 18_085, containerPort: 80, protocol: 0 }];
const confFile = (): string => join(node.davit.network.confDir, '10-test.conflist');

async function bridgePlugin(): Promise<object> {
  const [bridge] = (JSON.parse(await readFile(confFile(), 'utf8')) as { plugins: object[] }).plugins;
  assert.ok(bridge);
  return bridge;
}

async function useNetwork(list: readonly object[]): Promise<void> {
  // At once, as whoever installs a network should: half a file is none.
  await writeFile(`${confFile()}.new`, JSON.stringify({ cniVersion: '1.0.0', name: 'davit-test', plugins: list }));
  await rename(`${confFile()}.new`, confFile());
  await eventually('the new configuration', async () => {
    const { info } = await node.davit.client.call('Status', { verbose: true });
    const { failure } = (JSON.parse(info['config'] ?? '{}') as { cni: { failure?: string } }).cni;
    await runPod(node.davit, { name: 'probe' });
    await node.removeAllPods();
    return failure === undefined && (await readFile(join(plugins, 'calls'), 'utf8').catch(() => '')).includes('ADD');
  });
}

test('a plugin that is being written is waited for', async () => {
  const writing = await open(join(plugins, 'noop'), 'r+');
  const started = node.davit.client.call('RunPodSandbox', { config: podConfig(node.davit, { name: 'x', portMappings }) });
  started.catch(() => undefined);
  await eventually('the daemon meets it', () => node.davit.log().includes('CNI plugin is being written')).finally(() => writing.close());
  await started;
});

for (const [what, words] of [
  ['error', /CNI plugin "noop": ADD sandbox .* the cable is out; said noop \(CNI code 999\)/], ['later', /the pool is empty; said noop \(CNI code 11\)/], ['garbage', /CNI plugin "noop": .*not JSON: "this is no JSON/],
  ['version', /CNI plugin "noop": .*9\.9\.9/], ['die', /CNI plugin "noop": .*killed by SIGKILL/],
] as const) {
  test(`ADD, ${what}: RunPodSandbox says it, nothing is left, the same request works when it can`, async () => {
    const config = podConfig(node.davit, { name: 'x', portMappings });
    await mood(`ADD ${what}`);
    await assert.rejects(node.davit.client.call('RunPodSandbox', { config }), words);
    await well();
    await node.removeAllPods();
    await node.assertClean();
    await node.davit.client.call('RunPodSandbox', { config });
  });
}

for (const [what, words] of [['error', /DEL sandbox .* the cable is out; said noop \(CNI code 999\)/], ['die', /CNI plugin "noop": DEL .*killed by SIGKILL/]] as const) {
  test(`DEL, ${what}: StopPodSandbox says it, the pod stays not ready, the retry leaves nothing`, async () => {
    const { id: podSandboxId } = await runPod(node.davit, { name: 'x', portMappings });
    await mood(`DEL ${what}`);
    await assert.rejects(node.davit.client.call('StopPodSandbox', { podSandboxId }), words);
    assert.deepEqual((await node.davit.client.call('ListPodSandbox', {})).items.map(({ id, state }) => [id, state]), [[podSandboxId, 1]]);
    await well();
    await node.davit.client.call('StopPodSandbox', { podSandboxId });
    await node.davit.client.call('RemovePodSandbox', { podSandboxId });
    await node.assertClean();
  });
}

for (const command of ['ADD', 'DEL'] as const) {
  test(`${command}, a hang: the plugin is ended with its children after cni_timeout, and is named`, async () => {
    const config = podConfig(node.davit, { name: 'x' });
    const call = async (): Promise<void> => {
      const { podSandboxId } = await node.davit.client.call('RunPodSandbox', { config });
      await node.davit.client.call('StopPodSandbox', { podSandboxId });
    };
    await mood(`${command} hang`);
    await assert.rejects(call(), (error: DavitError) => new RegExp(`CNI plugin "noop": ${command} sandbox .* no answer after \\d+ ms`).test(error.message));
    const child = (await readFile(join(plugins, 'child'), 'utf8')).trim();
    await eventually('the end of the plugin\'s child', async () => {
      const stat = await readFile(`/proc/${child}/stat`, 'utf8').catch(() => ' Z ');
      return / Z /.test(stat);
    });
  });

  for (const how of ['kill-daemon', 'kill-at-once'] as const) {
    test(`${command}, ${how}: what the next daemon finds can be removed and leaves nothing`, async () => {
      const { davit } = node;
      const before = command === 'DEL' ? await runPod(davit, { name: 'x', portMappings }) : undefined;
      await writeFile(join(plugins, 'daemon'), String(davit.pid()));
      await mood(`${command} ${how}`);
      const call = before ? davit.client.call('StopPodSandbox', { podSandboxId: before.id }) : runPod(davit, { name: 'x', portMappings });
      await assert.rejects(call);
      await davit.kill9();
      await davit.start();
      await node.removeAllPods();
      await node.assertClean();
      await runPod(davit, { name: 'y', portMappings });
    });
  }
}

/** Spread over what the bridge plugin takes, host-local inside it. */
const KILL_AFTER_S = [0.001, 0.003, 0.005, 0.008, 0.012, 0.018, 0.025, 0.035];

for (const command of ['ADD', 'DEL'] as const) {
  test(`the bridge plugin is killed at any moment of ${command}: the retry leaves no address, interface, namespace or rule`, async () => {
    for (const seconds of KILL_AFTER_S) {
      const pod = command === 'DEL' ? await runPod(node.davit, { name: 'x', portMappings }) : undefined;
      await mood(`kill-bridge ${command} ${seconds}`);
      if (pod) await node.davit.client.call('StopPodSandbox', { podSandboxId: pod.id }).catch(() => undefined);
      else await runPod(node.davit, { name: 'x', portMappings }).catch(() => undefined);
      await well();
      await node.removeAllPods();
      await node.assertClean();
    }
  });
}
