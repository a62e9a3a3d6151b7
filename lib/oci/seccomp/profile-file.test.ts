import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { parseProfile, readProfileFile } from './profile-file.ts';

const conditions = { capabilities: new Set(['CAP_SYS_ADMIN']), arch: 'x64', kernel: '5.10.0-8-amd64' };
const names = (...rules: Record<string, unknown>[]): string[] => (parseProfile({ defaultAction: 'SCMP_ACT_ERRNO', syscalls: rules.map((r, i) => ({ names: [`call${i}`], action: 'SCMP_ACT_ALLOW', ...r })) }, conditions).syscalls ?? []).flatMap((s) => s.names);

const kept: [name: string, rule: Record<string, unknown>, kept: boolean][] = [
  ['no condition', {}, true], ['empty conditions', { includes: {}, excludes: {} }, true],
  ['a capability held', { includes: { caps: ['CAP_SYS_ADMIN'] } }, true], ['a capability not held', { includes: { caps: ['CAP_SYS_ADMIN', 'CAP_BPF'] } }, false],
  ['exclusion by a capability held', { excludes: { caps: ['CAP_SYS_ADMIN'] } }, false], ['exclusion by one not held', { excludes: { caps: ['CAP_BPF'] } }, true],
  ['this architecture', { includes: { arches: ['arm64', 'amd64'] } }, true], ['another architecture', { includes: { arches: ['s390x'] } }, false], ['exclusion of this architecture', { excludes: { arches: ['amd64'] } }, false],
  ['an old enough kernel', { includes: { minKernel: '4.8' } }, true], ['a newer kernel', { includes: { minKernel: '5.11' } }, false], ['exclusion from a kernel on', { excludes: { minKernel: '5.0' } }, false],
];
for (const [name, rule, expected] of kept) test(`parseProfile() ${expected ? 'keeps' : 'drops'} a rule with ${name}`, () => assert.deepEqual(names(rule), expected ? ['call0'] : []));

test('parseProfile() takes architectures from the list and from the map of this machine', () => {
  const archMap = [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86'] }, { architecture: 'SCMP_ARCH_AARCH64', subArchitectures: ['SCMP_ARCH_ARM'] }];
  assert.deepEqual(parseProfile({ defaultAction: 'SCMP_ACT_ALLOW', archMap }, conditions), { defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86'], syscalls: [] });
  assert.deepEqual(parseProfile({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'] }, conditions).architectures, ['SCMP_ARCH_X86_64']);
});

test('parseProfile() keeps flags, errno values and arguments, and the old single name', () => {
  const profile = parseProfile({
    defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38, flags: ['SECCOMP_FILTER_FLAG_LOG'],
    syscalls: [{ name: 'old', action: 'SCMP_ACT_ERRNO', errnoRet: 2, args: [{ index: 1, value: 5, valueTwo: 6, op: 'SCMP_CMP_MASKED_EQ' }, null].slice(0, 1) }],
  }, conditions);
  assert.deepEqual(profile, {
    defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38, flags: ['SECCOMP_FILTER_FLAG_LOG'],
    syscalls: [{ names: ['old'], action: 'SCMP_ACT_ERRNO', errnoRet: 2, args: [{ index: 1, value: 5, valueTwo: 6, op: 'SCMP_CMP_MASKED_EQ' }] }],
  });
});

const wrong: [json: unknown, message: RegExp][] = [
  [[], /must be an object/], [{}, /defaultAction/], [{ defaultAction: 'ALLOW' }, /defaultAction: "ALLOW" must be one of/], [{ defaultAction: 'SCMP_ACT_NOTIFY' }, /notification/],
  [{ defaultAction: 'SCMP_ACT_ALLOW', syscalls: {} }, /syscalls: must be a list/], [{ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: [1], action: 'SCMP_ACT_ALLOW' }] }, /syscalls\[0\].names/],
  [{ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['x'], action: 'SCMP_ACT_ALLOW', args: [{ index: 6, op: 'SCMP_CMP_EQ' }] }] }, /index: 6/],
  [{ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['x'], action: 'SCMP_ACT_ALLOW', args: [{ index: 0, op: 'EQ' }] }] }, /args\[0\]\.op/], [{ defaultAction: 'SCMP_ACT_ALLOW', listenerPath: '/x' }, /listeners/],
];
for (const [json, message] of wrong) test(`parseProfile() refuses ${JSON.stringify(json)}`, () => assert.throws(() => parseProfile(json, conditions), { message }));

test('readProfileFile() names the file in every error', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'davit-seccomp-'));
  t.after(() => rm(directory, { recursive: true }));
  const file = join(directory, 'p.json');
  await writeFile(file, '{"defaultAction":"SCMP_ACT_ALLOW"}');
  assert.equal((await readProfileFile(file, conditions)).defaultAction, 'SCMP_ACT_ALLOW');
  await writeFile(file, '{');
  for (const path of [file, join(directory, 'none'), directory, 'relative']) await assert.rejects(readProfileFile(path, conditions), { code: 'InvalidArgument', message: new RegExp(`seccomp profile '${path}'`) });
});
