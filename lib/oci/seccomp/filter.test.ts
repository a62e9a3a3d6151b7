import assert from 'node:assert/strict';
import test from 'node:test';
import { seccompFilter } from './filter.ts';

test('seccompFilter() writes actions with their value, one rule a name, architectures as libseccomp names them', () => {
  assert.deepEqual(seccompFilter({
    defaultAction: 'SCMP_ACT_ERRNO', architectures: ['SCMP_ARCH_X86_64'],
    syscalls: [{ names: ['a', 'b'], action: 'SCMP_ACT_ALLOW' }, { names: ['c'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }, { names: ['d'], action: 'SCMP_ACT_KILL_PROCESS' }, { names: ['e'], action: 'SCMP_ACT_TRACE', errnoRet: 7 }],
  }), {
    defaultAction: 0x50001, architectures: ['x86_64'],
    rules: [{ syscall: 'a', action: 0x7fff0000, args: [] }, { syscall: 'b', action: 0x7fff0000, args: [] }, { syscall: 'c', action: 0x50026, args: [] }, { syscall: 'd', action: 0x80000000, args: [] }, { syscall: 'e', action: 0x7ff00007, args: [] }],
  });
});

test('seccompFilter() leaves out rules that say what the default says', () => {
  assert.deepEqual(seccompFilter({ defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 38, syscalls: [{ names: ['a'], action: 'SCMP_ACT_ERRNO' }, { names: ['b'], action: 'SCMP_ACT_ERRNO', errnoRet: 1 }] }).rules.map((r) => r.syscall), ['b']);
});

test('seccompFilter() takes several comparisons of one argument for alternatives, of several for one condition', () => {
  const rules = (indexes: number[]): number[] => seccompFilter({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ names: ['a'], action: 'SCMP_ACT_LOG', args: indexes.map((index) => ({ index, value: 1, op: 'SCMP_CMP_EQ' as const })) }] }).rules.map((r) => r.args.length);
  assert.deepEqual(rules([0, 1]), [2]);
  assert.deepEqual(rules([0, 0]), [1, 1]);
});
