/** What plugins are given is what libcni 1.3.0 gives them: testdata was recorded from its `cnitool`, with plugins that answer as `answer` does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { capabilityArgs } from './capability-args.ts';
import { fakePlugins, type PluginCall } from './fake-plugins.ts';
import { attachment, signal, testNode } from './test-node.ts';
import type { Attachment } from './types.ts';

interface Recorded {
  readonly name: string;
  readonly file: string;
  readonly config: unknown;
  readonly beside?: Readonly<Record<string, unknown>>;
  readonly capabilityArgs: Partial<Attachment>;
  readonly requests: readonly { readonly command: string; readonly plugin: string; readonly stdin: unknown }[];
}

const cases = JSON.parse(readFileSync(join(import.meta.dirname, 'testdata/libcni-requests.json'), 'utf8')) as Recorded[];

for (const { name, file, config, beside = {}, capabilityArgs: wishes, requests } of cases) {
  test(`add() and del() send what libcni sends: ${name}`, async () => {
    await using node = await testNode(['recorder', 'recorder2']);
    await node.configure(file, config);
    for (const [extra, content] of Object.entries(beside)) {
      await mkdir(join(node.confDir, 'golden'), { recursive: true });
      await writeFile(join(node.confDir, 'golden', extra), JSON.stringify(content));
    }
    const plugins = fakePlugins(answer);
    await using cni = await node.cni(plugins);
    const wanted = attachment(wishes);
    assert.deepEqual(capabilityArgs(wanted), wishes);
    await cni.add(wanted, { signal: signal() });
    await cni.del(wanted, { signal: signal() });
    assert.deepEqual(plugins.calls.filter(({ command }) => command !== 'STATUS').map(({ command, plugin, request }) => ({ command, plugin, stdin: request })), requests);
  });
}

function answer({ command, request }: PluginCall): { stdout: unknown } | undefined {
  if (command !== 'ADD') return undefined;
  const interfaces = [{ name: 'eth0', mac: '02:00:00:00:00:01', sandbox: '/run/x' }];
  const ip = { interface: 0, address: '10.9.0.5/24', gateway: '10.9.0.1' };
  const routes = [{ dst: '0.0.0.0/0' }];
  if (request['cniVersion'] === '0.2.0') return { stdout: { cniVersion: '0.2.0', ip4: { ip: '10.9.0.5/24', gateway: '10.9.0.1', routes } } };
  if (request['cniVersion'] === '0.4.0') return { stdout: { cniVersion: '0.4.0', interfaces, ips: [{ version: '4', ...ip }], routes } };
  return { stdout: { interfaces, ips: [ip], routes } };
}
