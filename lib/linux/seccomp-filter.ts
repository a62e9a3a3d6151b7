/** libseccomp (https://man7.org/linux/man-pages/man3/seccomp_init.3.html): rules in, a BPF program out. */
import { constants } from 'node:os';
import { cString, native, systemError } from './libc.ts';

export interface SeccompFilter {
  /** Action of calls that no rule matches, as seccomp_init(3) takes it. */
  readonly defaultAction: number;
  /** Names as seccomp_arch_resolve_name(3) takes them: 'x86_64'. Empty: the native one. */
  readonly architectures: readonly string[];
  readonly rules: readonly SeccompRule[];
}

export interface SeccompRule {
  /** A system call's name; unknown ones are passed over, they do not exist here. */
  readonly syscall: string;
  readonly action: number;
  /** All must hold; at most one per argument. `operator` is enum scmp_compare. */
  readonly args: readonly { readonly index: number; readonly operator: number; readonly value: number; readonly valueTwo: number }[];
}

const LIBRARY = 'libseccomp.so.2';
/** sizeof(struct scmp_arg_cmp): unsigned int, enum, two 64-bit values. */
const ARG_BYTES = 24;
const SCMP_FLTATR_CTL_NNP = 3;
const UNKNOWN_SYSCALL = -1;
/** SCMP_ARCH_X86_64 and SCMP_ARCH_X32. */
const X86_64 = 0xc000_003e;
const X32 = 0x4000_003e;

const init = native('seccomp_init', 'uint64_t', ['uint32_t'], LIBRARY);
const release = native('seccomp_release', 'void', ['uint64_t'], LIBRARY);
const attrSet = native('seccomp_attr_set', 'int', ['uint64_t', 'int', 'uint32_t'], LIBRARY);
const archNative = native('seccomp_arch_native', 'uint32_t', [], LIBRARY);
const archResolve = native('seccomp_arch_resolve_name', 'uint32_t', ['const uint8_t *'], LIBRARY);
const archAdd = native('seccomp_arch_add', 'int', ['uint64_t', 'uint32_t'], LIBRARY);
const archRemove = native('seccomp_arch_remove', 'int', ['uint64_t', 'uint32_t'], LIBRARY);
const syscallResolve = native('seccomp_syscall_resolve_name', 'int', ['const uint8_t *'], LIBRARY);
const syscallResolveArch = native('seccomp_syscall_resolve_name_arch', 'int', ['uint32_t', 'const uint8_t *'], LIBRARY);
const ruleAdd = native('seccomp_rule_add_array', 'int', ['uint64_t', 'uint32_t', 'int', 'uint', 'const uint8_t *'], LIBRARY);
const exportBpf = native('seccomp_export_bpf', 'int', ['uint64_t', 'int'], LIBRARY);

/**
 * Writes the program (struct sock_filter, 8 bytes each) to the file descriptor. Holds its thread for 10 to 20 ms with a
 * profile of usual size, so it is for a process of its own. @throws Error with `.code` and what was being done.
 */
export function exportSeccompFilter(filter: SeccompFilter, fd: number): void {
  const context = init()(filter.defaultAction);
  if (context === 0) throw systemError('seccomp_init', constants.errno.EINVAL, String(filter.defaultAction));
  try {
    check(attrSet()(context, SCMP_FLTATR_CTL_NNP, 0), 'seccomp_attr_set', 'SCMP_FLTATR_CTL_NNP');
    addArchitectures(context, filter.architectures);
    for (const rule of filter.rules) addRule(context, rule);
    check(exportBpf()(context, fd), 'seccomp_export_bpf', String(fd));
  } finally {
    release()(context);
  }
}

/**
 * The largest number that a call of the filter has on each of its architectures. `auditArch` is what struct seccomp_data says;
 * x32 has no value of its own there and stands with x86-64.
 */
export function largestSyscalls(filter: SeccompFilter): { auditArch: number; largest: number; largestX32?: number }[] {
  const names = [...new Set(filter.rules.map((rule) => rule.syscall))];
  const tokens = filter.architectures.length === 0 ? [archNative()()] : [...new Set(filter.architectures.map(archToken))];
  const largest = (token: number): number => Math.max(-1, ...names.map((name) => syscallResolveArch()(token, cString(name))));
  const withX32 = tokens.includes(X32);
  return tokens.filter((token) => token !== X32 && largest(token) >= 0)
    .map((token) => ({ auditArch: token, largest: largest(token), ...(token === X86_64 && withX32 && { largestX32: largest(X32) }) }));
}

function addArchitectures(context: number, names: readonly string[]): void {
  if (names.length === 0) return;
  const own = archNative()();
  const tokens = new Set(names.map(archToken));
  for (const token of tokens) if (token !== own) check(archAdd()(context, token), 'seccomp_arch_add', String(token));
  if (!tokens.has(own)) check(archRemove()(context, own), 'seccomp_arch_remove', String(own));
}

function archToken(name: string): number {
  const token = archResolve()(cString(name));
  if (token === 0) throw systemError('seccomp_arch_resolve_name', constants.errno.EINVAL, name);
  return token;
}

function addRule(context: number, { syscall, action, args }: SeccompRule): void {
  const number = syscallResolve()(cString(syscall));
  if (number === UNKNOWN_SYSCALL) return;
  const array = Buffer.alloc(Math.max(args.length, 1) * ARG_BYTES);
  const view = new DataView(array.buffer, array.byteOffset, array.length);
  for (const [i, arg] of args.entries()) {
    view.setUint32(i * ARG_BYTES, arg.index, true);
    view.setUint32(i * ARG_BYTES + 4, arg.operator, true);
    view.setBigUint64(i * ARG_BYTES + 8, BigInt(arg.value), true);
    view.setBigUint64(i * ARG_BYTES + 16, BigInt(arg.valueTwo), true);
  }
  check(ruleAdd()(context, action, number, args.length, array), 'seccomp_rule_add', syscall);
}

/** libseccomp returns -errno. */
function check(result: number, call: string, what: string): void {
  if (result < 0) throw systemError(call, -result, what);
}
