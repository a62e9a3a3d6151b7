/** A profile in the numbers that libseccomp takes. Pure. */
import type { SeccompFilter, SeccompRule } from '#linux';
import type { LinuxSeccomp, LinuxSyscall, SeccompAction, SeccompArg, SeccompOperator } from '../spec/types.ts';

const EPERM = 1;

/** seccomp_init(3). The low half of ERRNO and TRACE is the value returned. */
const ACTIONS: Readonly<Record<SeccompAction, number>> = {
  SCMP_ACT_ALLOW: 0x7fff_0000, SCMP_ACT_LOG: 0x7ffc_0000, SCMP_ACT_TRACE: 0x7ff0_0000, SCMP_ACT_NOTIFY: 0x7fc0_0000, SCMP_ACT_ERRNO: 0x0005_0000,
  SCMP_ACT_TRAP: 0x0003_0000, SCMP_ACT_KILL_PROCESS: 0x8000_0000, SCMP_ACT_KILL_THREAD: 0, SCMP_ACT_KILL: 0,
};
/** enum scmp_compare. */
const OPERATORS: Readonly<Record<SeccompOperator, number>> = {
  SCMP_CMP_NE: 1, SCMP_CMP_LT: 2, SCMP_CMP_LE: 3, SCMP_CMP_EQ: 4, SCMP_CMP_GE: 5, SCMP_CMP_GT: 6, SCMP_CMP_MASKED_EQ: 7,
};

/** A rule whose action is the default one says nothing and is left out: libseccomp refuses it. */
export function seccompFilter(profile: LinuxSeccomp): SeccompFilter {
  const defaultAction = actionNumber(profile.defaultAction, profile.defaultErrnoRet);
  const rules = (profile.syscalls ?? []).flatMap((rule) => {
    const action = actionNumber(rule.action, rule.errnoRet ?? profile.defaultErrnoRet);
    return action === defaultAction ? [] : rule.names.flatMap((syscall) => alternatives(rule).map((args): SeccompRule => ({ syscall, action, args })));
  });
  return { defaultAction, architectures: (profile.architectures ?? []).map((a) => a.replace(/^SCMP_ARCH_/, '').toLowerCase()), rules };
}

function actionNumber(action: SeccompAction, errnoRet: number | undefined): number {
  const returnsValue = action === 'SCMP_ACT_ERRNO' || action === 'SCMP_ACT_TRACE';
  return ACTIONS[action] + (returnsValue ? (errnoRet ?? EPERM) & 0xffff : 0);
}

/** One rule cannot compare an argument twice; the runtimes take that for alternatives, one rule each. */
function alternatives({ args = [] }: LinuxSyscall): SeccompRule['args'][] {
  const converted = args.map(comparison);
  return new Set(args.map((a) => a.index)).size === args.length ? [converted] : converted.map((a) => [a]);
}

/** For MASKED_EQ value is the mask and valueTwo what is left under it, in libseccomp's order too. */
function comparison({ index, op, value, valueTwo = 0 }: SeccompArg): SeccompRule['args'][number] {
  return { index, operator: OPERATORS[op], value, valueTwo };
}
