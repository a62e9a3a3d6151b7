/** Localhost profiles: JSON files in the format of Docker and containers/common, made into the runtime-spec's. */
import { open } from 'node:fs/promises';
import { errorText, InvalidArgumentError } from '#errors';
import { array, object, optionalNumber, strings } from '../json-fields.ts';
import { kernelAtLeast } from '../kernel-version.ts';
import type { LinuxSeccomp, LinuxSyscall, SeccompAction, SeccompArg, SeccompOperator } from '../spec/types.ts';
import { goArchitecture, nativeArchitectures } from './architectures.ts';

const MAX_PROFILE_BYTES = 1024 * 1024;

/** What conditional rules of a profile depend on. */
export interface ProfileConditions {
  readonly capabilities: ReadonlySet<string>;
  /** Default: this machine's. */
  readonly arch?: string;
  /** 'major.minor…'. Default: this kernel's. */
  readonly kernel?: string;
}

/** @throws InvalidArgumentError when the file is missing, too large or no profile. */
export async function readProfileFile(path: string, conditions: ProfileConditions): Promise<LinuxSeccomp> {
  if (!path.startsWith('/')) throw new InvalidArgumentError(`seccomp profile '${path}': a Localhost profile must be an absolute path`);
  try {
    await using file = await open(path, 'r');
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > MAX_PROFILE_BYTES) throw new Error(`must be a regular file of at most ${MAX_PROFILE_BYTES} bytes`);
    return parseProfile(JSON.parse(await file.readFile('utf8')), conditions);
  } catch (error) {
    throw new InvalidArgumentError(`seccomp profile '${path}': ${errorText(error)}`, { cause: error });
  }
}

/** @throws Error saying which field is wrong. */
export function parseProfile(json: unknown, conditions: ProfileConditions): LinuxSeccomp {
  const profile = object(json, 'the profile');
  const arch = conditions.arch ?? process.arch;
  const defaultErrnoRet = optionalNumber(profile['defaultErrnoRet'], 'defaultErrnoRet');
  const architectures = [...strings(profile['architectures'], 'architectures'), ...mappedArchitectures(profile['archMap'], arch)];
  const listenerPath = profile['listenerPath'];
  if (listenerPath !== undefined && listenerPath !== '') throw new Error('listenerPath: notification listeners are not supported');
  return {
    defaultAction: action(profile['defaultAction'], 'defaultAction'),
    ...(defaultErrnoRet !== undefined && { defaultErrnoRet }),
    ...(architectures.length > 0 && { architectures }),
    ...(profile['flags'] !== undefined && { flags: strings(profile['flags'], 'flags') }),
    syscalls: array(profile['syscalls'], 'syscalls').flatMap((rule, i) => syscall(object(rule, `syscalls[${i}]`), `syscalls[${i}]`, { ...conditions, arch })),
  };
}

function mappedArchitectures(map: unknown, arch: string): string[] {
  const native = nativeArchitectures(arch)[0];
  return array(map, 'archMap').map((entry, i) => object(entry, `archMap[${i}]`)).filter((entry) => entry['architecture'] === native)
    .flatMap((entry) => [String(native), ...strings(entry['subArchitectures'], 'subArchitectures')]);
}

function syscall(rule: Record<string, unknown>, at: string, conditions: ProfileConditions & { arch: string }): LinuxSyscall[] {
  const includes = object(rule['includes'] ?? {}, `${at}.includes`);
  const excludes = object(rule['excludes'] ?? {}, `${at}.excludes`);
  if (!conditionHolds(includes, conditions, true) || !conditionHolds(excludes, conditions, false)) return [];
  const names = typeof rule['name'] === 'string' && rule['name'] !== '' ? [rule['name']] : strings(rule['names'], `${at}.names`);
  const errnoRet = optionalNumber(rule['errnoRet'], `${at}.errnoRet`);
  const args = array(rule['args'], `${at}.args`).map((a, i) => argument(object(a, `${at}.args[${i}]`), `${at}.args[${i}]`));
  if (names.length === 0) return [];
  return [{ names, action: action(rule['action'], `${at}.action`), ...(errnoRet !== undefined && { errnoRet }), ...(args.length > 0 && { args }) }];
}

/** Includes: every capability held, one of the architectures, kernel new enough. Excludes: none of them. */
function conditionHolds(filter: Record<string, unknown>, { capabilities, arch, kernel }: ProfileConditions & { arch: string }, include: boolean): boolean {
  const caps = strings(filter['caps'], 'caps').map((c) => capabilities.has(c));
  const arches = strings(filter['arches'], 'arches').map((a) => a === goArchitecture(arch));
  const minKernel = filter['minKernel'];
  const newEnough = typeof minKernel !== 'string' || minKernel === '' ? undefined : kernelAtLeast(minKernel, kernel);
  if (include) return caps.every(Boolean) && (arches.length === 0 || arches.some(Boolean)) && newEnough !== false;
  return !caps.some(Boolean) && !arches.some(Boolean) && newEnough !== true;
}

const ACTIONS: readonly SeccompAction[] = [
  'SCMP_ACT_ALLOW', 'SCMP_ACT_ERRNO', 'SCMP_ACT_KILL', 'SCMP_ACT_KILL_PROCESS', 'SCMP_ACT_KILL_THREAD', 'SCMP_ACT_LOG', 'SCMP_ACT_NOTIFY', 'SCMP_ACT_TRACE', 'SCMP_ACT_TRAP',
];
const OPERATORS: readonly SeccompOperator[] = ['SCMP_CMP_NE', 'SCMP_CMP_LT', 'SCMP_CMP_LE', 'SCMP_CMP_EQ', 'SCMP_CMP_GE', 'SCMP_CMP_GT', 'SCMP_CMP_MASKED_EQ'];

function action(value: unknown, at: string): SeccompAction {
  const found = ACTIONS.find((a) => a === value);
  if (!found) throw new Error(`${at}: ${JSON.stringify(value)} must be one of ${ACTIONS.join(', ')}`);
  if (found === 'SCMP_ACT_NOTIFY') throw new Error(`${at}: notification listeners are not supported`);
  return found;
}

function argument(arg: Record<string, unknown>, at: string): SeccompArg {
  const op = OPERATORS.find((o) => o === arg['op']);
  if (!op) throw new Error(`${at}.op: ${JSON.stringify(arg['op'])} must be one of ${OPERATORS.join(', ')}`);
  const index = optionalNumber(arg['index'], `${at}.index`) ?? 0;
  if (index > 5) throw new Error(`${at}.index: ${index} must be between 0 and 5`);
  const valueTwo = optionalNumber(arg['valueTwo'], `${at}.valueTwo`);
  return { index, value: optionalNumber(arg['value'], `${at}.value`) ?? 0, ...(valueTwo !== undefined && { valueTwo }), op };
}
