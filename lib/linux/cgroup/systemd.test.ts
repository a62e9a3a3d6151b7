import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { ProcessRunner } from '../process.ts';
import type { Cgroups } from './cgroups.ts';
import { systemdCgroups } from './systemd.ts';

const { signal } = new AbortController();

function node(exitCode: number): { cgroups: Cgroups; did: string[] } {
  const did: string[] = [];
  const runner: ProcessRunner = {
    run: async ({ args }) => {
      did.push(args.join(' '));
      return { exitCode, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.from('no such bus\n'), timedOut: false };
    },
  };
  const plain = { remove: async (path: string) => { did.push(`remove ${path}`); } } as unknown as Cgroups;
  return { cgroups: systemdCgroups(plain, runner), did };
}

test('systemdCgroups() stops a slice that it has removed, and nothing else', async () => {
  const { cgroups, did } = node(0);
  await cgroups.remove('/davit.slice/davit-a.slice', { signal });
  await cgroups.remove('/davit.slice/davit-a.slice/davit-b.scope', { signal });
  assert.deepEqual(did, ['remove /davit.slice/davit-a.slice', 'stop davit-a.slice', 'remove /davit.slice/davit-a.slice/davit-b.scope']);
});

test('systemdCgroups() says why a slice cannot be stopped', async () => {
  const { cgroups } = node(1);
  await assert.rejects(cgroups.remove('/davit.slice/davit-a.slice', { signal }), /stop slice "davit-a.slice": systemctl: no such bus$/);
});
