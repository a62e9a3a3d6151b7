import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_CAPABILITIES } from '../spec/capabilities.ts';
import { goArchitecture, nativeArchitectures } from './architectures.ts';
import { defaultSeccompProfile } from './default-profile.ts';

/** How an unconditional rule of the profile treats a call. */
function verdict(name: string, capabilities: readonly string[] = DEFAULT_CAPABILITIES): string {
  const profile = defaultSeccompProfile(capabilities);
  const rule = profile.syscalls?.find((r) => r.names.includes(name));
  if (!rule) return `${profile.defaultAction} ${profile.defaultErrnoRet ?? ''}`;
  return `${rule.action}${rule.errnoRet === undefined ? '' : ` ${rule.errnoRet}`}${rule.args ? ' when' : ''}`;
}

const cases: [name: string, capabilities: readonly string[] | undefined, expected: string][] = [
  ['openat', undefined, 'SCMP_ACT_ALLOW'], ['close_range', undefined, 'SCMP_ACT_ALLOW'], ['statmount', undefined, 'SCMP_ACT_ALLOW'], ['futex_wait', undefined, 'SCMP_ACT_ALLOW'],
  ['clone', undefined, 'SCMP_ACT_ALLOW when'], ['clone3', undefined, 'SCMP_ACT_ERRNO 38'], ['socket', undefined, 'SCMP_ACT_ALLOW when'], ['personality', undefined, 'SCMP_ACT_ALLOW when'],
  ['clone', ['CAP_SYS_ADMIN'], 'SCMP_ACT_ALLOW'], ['clone3', ['CAP_SYS_ADMIN'], 'SCMP_ACT_ALLOW'], ['mount', ['CAP_SYS_ADMIN'], 'SCMP_ACT_ALLOW'], ['chroot', ['CAP_SYS_CHROOT'], 'SCMP_ACT_ALLOW'],
  ['syslog', ['CAP_SYSLOG'], 'SCMP_ACT_ALLOW'], ['bpf', ['CAP_BPF'], 'SCMP_ACT_ALLOW'], ['settimeofday', ['CAP_SYS_TIME'], 'SCMP_ACT_ALLOW'],
  ...['mount', 'umount2', 'unshare', 'setns', 'bpf', 'keyctl', 'add_key', 'request_key', 'kexec_load', 'init_module', 'reboot', 'swapon', 'userfaultfd', 'io_uring_setup', 'io_uring_enter', 'io_uring_register',
    'open_by_handle_at', 'perf_event_open', 'chroot', 'pivot_root', 'move_mount', 'open_tree', 'fsopen', 'settimeofday', 'acct', 'quotactl', 'nfsservctl', 'process_madvise', 'pidfd_getfd', 'iopl', 'syslog', 'vhangup', 'a_call_of_the_future']
    .map((name): [string, undefined, string] => [name, undefined, 'SCMP_ACT_ERRNO 1']),
];
for (const [name, capabilities, expected] of cases) test(`the default profile with ${capabilities?.join() ?? 'default capabilities'} treats ${name} as ${expected}`, () => assert.equal(verdict(name, capabilities), expected));

test('the default profile keeps out AF_ALG and AF_VSOCK and lets other socket families through', () => {
  const rules = defaultSeccompProfile().syscalls?.filter((r) => r.names.includes('socket')).flatMap((r) => r.args ?? []) ?? [];
  const allowed = (family: number): boolean => rules.some(({ op, value }) => op === 'SCMP_CMP_LT' ? family < value : op === 'SCMP_CMP_GT' ? family > value : family === value);
  assert.deepEqual([1, 2, 10, 16, 17, 37, 38, 39, 40, 41, 44].filter((f) => !allowed(f)), [38, 40]);
});

test('the default profile does not depend on capabilities that no rule is about', () => {
  assert.deepEqual(defaultSeccompProfile(DEFAULT_CAPABILITIES), defaultSeccompProfile([]));
});

test('architectures come with those that the kernel also runs', () => {
  assert.deepEqual(nativeArchitectures('x64'), ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32']);
  assert.deepEqual(nativeArchitectures('arm64'), ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM']);
  assert.deepEqual([goArchitecture('x64'), goArchitecture('arm64')], ['amd64', 'arm64']);
});
