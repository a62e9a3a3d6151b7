import assert from 'node:assert/strict';
import test from 'node:test';
import { apparmorProfile, relabelAdjustments, selinuxLabels } from './security-modules.ts';

const localhost = { profileType: 'localhost', localhostRef: 'localhost/mine' } as const;
const byRuntime = { profileType: 'runtimeDefault', localhostRef: '' } as const;
const unconfined = { profileType: 'unconfined', localhostRef: '' } as const;

test('apparmorProfile() is the one asked for where the kernel has AppArmor', () => {
  assert.equal(apparmorProfile(localhost, false, { apparmor: true }).profile, 'mine');
  assert.equal(apparmorProfile(byRuntime, false, { apparmor: true, apparmorDefaultProfile: 'davit-default' }).profile, 'davit-default');
  assert.equal(apparmorProfile(byRuntime, false, { apparmor: true }).adjustments[0]?.key, 'apparmor');
});

test('apparmorProfile() of who asks for none is the default one, if there is one', () => {
  assert.equal(apparmorProfile(undefined, false, { apparmor: true, apparmorDefaultProfile: 'davit-default' }).profile, 'davit-default');
  assert.equal(apparmorProfile(unconfined, false, { apparmor: true, apparmorDefaultProfile: 'davit-default' }).profile, undefined);
  for (const asked of [undefined, byRuntime, localhost]) assert.equal(apparmorProfile(asked, true, { apparmor: true, apparmorDefaultProfile: 'davit-default' }).profile, undefined);
});

test('apparmorProfile() is none without a default one when none is asked for, whatever the kernel, and for privileged', () => {
  for (const apparmor of [true, false]) {
    assert.equal(apparmorProfile(undefined, false, { apparmor }).profile, undefined);
    assert.equal(apparmorProfile(unconfined, false, { apparmor }).profile, undefined);
    assert.equal(apparmorProfile(localhost, true, { apparmor }).profile, undefined);
  }
});

test('apparmorProfile() fails loudly on a kernel without AppArmor', () => {
  assert.throws(() => apparmorProfile(localhost, false, { apparmor: false }), { code: 'FailedPrecondition', message: /'mine' is asked for/ });
  assert.throws(() => apparmorProfile(byRuntime, false, { apparmor: false }), { code: 'FailedPrecondition' });
});

test('selinuxLabels() are the process\' and its files\' with SELinux, completed where parts are left out, and a word in the log without', () => {
  const options = { user: 'u', role: 'r', type: 't', level: 's0:c1' };
  assert.deepEqual(selinuxLabels(options, false, { selinux: true, refused: true }).labels, { process: 'u:r:t:s0:c1', files: 'u:object_r:container_file_t:s0:c1' });
  assert.deepEqual(selinuxLabels({ user: '', role: '', type: 'spc_t', level: '' }, false, { selinux: true, refused: true }).labels, { process: 'system_u:system_r:spc_t:s0', files: 'system_u:object_r:container_file_t:s0' });
  assert.deepEqual([selinuxLabels(options, false, { selinux: false, refused: false }).labels, selinuxLabels(options, false, { selinux: false, refused: false }).adjustments.length], [undefined, 1]);
  assert.deepEqual(selinuxLabels({ user: '', role: '', type: '', level: '' }, false, { selinux: false, refused: false }), { labels: undefined, adjustments: [] });
});

test('selinuxLabels() fails with the options where there is no SELinux and the node refuses them; nobody is refused who asks for none', () => {
  const refusing = { selinux: false, refused: true };
  assert.throws(() => selinuxLabels({ user: '', role: '', type: 'spc_t', level: 's0:c1' }, false, refusing), { code: 'FailedPrecondition', message: /'\*:\*:spc_t:s0:c1' are asked for, but SELinux is off on this node/ });
  for (const [options, privileged] of [[undefined, false], [{ user: '', role: '', type: '', level: '' }, false], [{ user: '', role: '', type: 'spc_t', level: '' }, true]] as const) {
    assert.deepEqual(selinuxLabels(options, privileged, refusing), { labels: undefined, adjustments: [] });
  }
});

test('selinuxLabels() are none for a privileged container, as CRI has it', () => {
  assert.deepEqual(selinuxLabels({ user: '', role: '', type: 'spc_t', level: '' }, true, { selinux: true, refused: true }), { labels: undefined, adjustments: [] });
});

test('relabelAdjustments() say where SELinux is on that volumes keep their labels', () => {
  const count = (selinuxRelabel: boolean, selinux: boolean): number => relabelAdjustments([{ selinuxRelabel }], { selinux }).length;
  assert.deepEqual([count(true, true), count(true, false), count(false, true)], [1, 0, 0]);
});
