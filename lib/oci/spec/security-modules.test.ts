import assert from 'node:assert/strict';
import test from 'node:test';
import { apparmorProfile, selinuxLabel } from './security-modules.ts';

const localhost = { profileType: 'localhost', localhostRef: 'localhost/mine' } as const;
const byRuntime = { profileType: 'runtimeDefault', localhostRef: '' } as const;
const unconfined = { profileType: 'unconfined', localhostRef: '' } as const;

test('apparmorProfile() is the one asked for where the kernel has AppArmor', () => {
  assert.equal(apparmorProfile(localhost, false, { apparmor: true }).profile, 'mine');
  assert.equal(apparmorProfile(byRuntime, false, { apparmor: true, apparmorDefaultProfile: 'davit-default' }).profile, 'davit-default');
  assert.equal(apparmorProfile(byRuntime, false, { apparmor: true }).adjustments[0]?.key, 'apparmor');
});

test('apparmorProfile() is none when none is asked for, whatever the kernel, and for privileged', () => {
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

test('selinuxLabel() is the label with SELinux, and a word in the log without', () => {
  const options = { user: 'u', role: 'r', type: 't', level: 's0' };
  assert.equal(selinuxLabel(options, { selinux: true }).label, 'u:r:t:s0');
  assert.deepEqual([selinuxLabel(options, { selinux: false }).label, selinuxLabel(options, { selinux: false }).adjustments.length], [undefined, 1]);
  assert.deepEqual(selinuxLabel({ user: '', role: '', type: '', level: '' }, { selinux: false }), { label: undefined, adjustments: [] });
});
