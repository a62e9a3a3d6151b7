import assert from 'node:assert/strict';
import test from 'node:test';
import type { NamespaceOptions } from '../config.ts';
import { sandboxConfig } from '../config-for-test.ts';
import { checkPodSecurity } from './pod-security.ts';

const cases: [options: Partial<NamespaceOptions>, refused: RegExp | undefined][] = [
  [{}, undefined], [{ network: 'node', pid: 'node', ipc: 'node' }, undefined], [{ pid: 'pod' }, undefined],
  [{ pid: 'target' }, /pid namespace mode 'target'/], [{ network: 'container' }, /network namespace mode 'container'/], [{ ipc: 'target' }, /ipc namespace mode 'target'/],
];
for (const [options, refused] of cases) {
  test(`checkPodSecurity() ${refused ? 'refuses' : 'takes'} ${JSON.stringify(options)}`, () => {
    const check = (): void => checkPodSecurity(sandboxConfig({}, options));
    if (refused) assert.throws(check, { code: 'InvalidArgument', message: refused }); else check();
  });
}

test('checkPodSecurity() refuses a group without a user', () => {
  const { securityContext } = sandboxConfig().linux;
  assert.throws(() => checkPodSecurity(sandboxConfig({ securityContext: { ...securityContext, runAsGroup: 5 } })), { code: 'InvalidArgument', message: /run_as_group 5 needs run_as_user/ });
  checkPodSecurity(sandboxConfig({ securityContext: { ...securityContext, runAsUser: 0, runAsGroup: 5 } }));
});
