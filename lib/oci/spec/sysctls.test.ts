import assert from 'node:assert/strict';
import test from 'node:test';
import type { NamespaceOptions } from '../config.ts';
import { sandboxConfig } from '../config-for-test.ts';
import { podSysctls } from './sysctls.ts';

const of = (sysctls: Record<string, string>, options: Partial<NamespaceOptions> = {}, defaults: Record<string, string> = {}): Record<string, string> => podSysctls(sandboxConfig({ sysctls, ...sandboxOptions(options) }), defaults);
function sandboxOptions(options: Partial<NamespaceOptions>): Pick<ReturnType<typeof sandboxConfig>['linux'], 'securityContext'> {
  return { securityContext: sandboxConfig({}, options).linux.securityContext };
}

test('podSysctls() gives those of the pod\'s namespaces with dots', () => {
  assert.deepEqual(of({ 'kernel.shm_rmid_forced': '1', 'fs/mqueue/msg_max': '100', 'net/ipv4/conf/eth0.1/forwarding': '1' }),
    { 'kernel.shm_rmid_forced': '1', 'fs.mqueue.msg_max': '100', 'net.ipv4.conf.eth0/1.forwarding': '1' });
});

test('podSysctls() puts the pod\'s over the node\'s defaults and drops defaults that would touch the node', () => {
  assert.deepEqual(of({ 'net.core.somaxconn': '2' }, { ipc: 'node' }, { 'net.core.somaxconn': '1', 'kernel.sem': '1', 'net.ipv4.tcp_syncookies': '1' }), { 'net.core.somaxconn': '2', 'net.ipv4.tcp_syncookies': '1' });
});

const refused: [name: string, options: Partial<NamespaceOptions>, message: RegExp][] = [
  ['vm.swappiness', {}, /not a sysctl of a namespace/], ['kernel.hostname', {}, /not a sysctl of a namespace/], ['kernel.shmfoo', {}, /not a sysctl of a namespace/],
  ['net.core.somaxconn', { network: 'node' }, /node's network/], ['kernel.shmmax', { ipc: 'node' }, /node's IPC/], ['net/../../kernel/core_pattern', {}, /not a sysctl name/], ['net..x', {}, /not a sysctl name/],
];
for (const [name, options, message] of refused) test(`podSysctls() refuses ${name} of ${JSON.stringify(options)}`, () => assert.throws(() => of({ [name]: '1' }, options), { code: 'InvalidArgument', message }));
