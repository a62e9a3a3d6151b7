/** Flags of the commands: one table, from which parsing, help and the overrides of the configuration are derived. */
import { parseArgs } from 'node:util';
import type { ConfigSources, Override } from '../config/load.ts';
import { UsageError } from './usage-error.ts';

export interface Flag {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in help; absent: the flag takes none. */
  readonly value?: string;
  readonly repeatable?: true;
  readonly description: string;
  /** The key that the flag sets. */
  readonly sets?: { readonly table: readonly string[]; readonly key: string };
}

/** What stands on the command line without dashes; an optional one can only be the last. */
export interface Argument {
  /** As help shows it, in capitals: its key in FlagValues. */
  readonly name: string;
  readonly description: string;
  readonly optional?: true;
}

/** By the names of flags (without dashes) and of arguments (in capitals). */
export type FlagValues = ReadonlyMap<string, readonly string[] | true>;

/** Where the configuration comes from, and what of it the command line replaces. */
export const CONFIG_FLAGS: readonly Flag[] = [
  { name: 'config', short: 'c', value: 'FILE', description: "configuration file; '' reads none" },
  { name: 'config-dir', short: 'd', value: 'DIR', description: "directory of drop-ins, *.conf in lexical order; '' reads none" },
  { name: 'root', value: 'DIR', description: 'state that survives a reboot', sets: { table: [], key: 'root' } },
  { name: 'runroot', value: 'DIR', description: 'state that lives until the next reboot', sets: { table: [], key: 'runroot' } },
  { name: 'listen', value: 'SOCKET', description: 'unix socket of the CRI services', sets: { table: ['api'], key: 'listen' } },
  { name: 'registries-conf', value: 'FILE', description: 'mirrors, blocked and insecure registries', sets: { table: ['image'], key: 'registries_conf' } },
  { name: 'cni-config-dir', value: 'DIR', description: 'CNI network configurations', sets: { table: ['network'], key: 'network_dir' } },
  { name: 'cni-plugin-dir', value: 'DIR', repeatable: true, description: 'CNI plugins; may be given more than once', sets: { table: ['network'], key: 'plugin_dirs' } },
  { name: 'default-runtime', value: 'NAME', description: 'handler of pods that name none', sets: { table: ['runtime'], key: 'default_runtime' } },
  { name: 'cgroup-manager', value: 'NAME', description: 'auto, systemd or cgroupfs', sets: { table: ['runtime'], key: 'cgroup_manager' } },
  { name: 'log-level', value: 'LEVEL', description: 'debug, info, warn or error', sets: { table: ['runtime'], key: 'log_level' } },
  { name: 'log-format', value: 'FORMAT', description: 'text or json', sets: { table: ['runtime'], key: 'log_format' } },
];

export const HELP_FLAG: Flag = { name: 'help', short: 'h', description: 'show this help' };

/** Flags of the commands that speak with the running daemon: its runroot leads to it, its root is compared where it is given. */
export const DAEMON_FLAGS: readonly Flag[] = CONFIG_FLAGS.filter(({ name }) => ['config', 'config-dir', 'root', 'runroot'].includes(name));

/** @throws UsageError naming the flag or the argument that does not belong there. */
export function parseFlags(args: readonly string[], flags: readonly Flag[], expected: readonly Argument[] = []): FlagValues {
  const options = Object.fromEntries(flags.map((flag) => [flag.name, { type: flag.value === undefined ? 'boolean' : 'string', ...(flag.short ? { short: flag.short } : {}) }] as const));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true });
  const values = new Map<string, string[] | true>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') { addArgument(values, expected, token.value); continue; }
    const flag = flags.find((f) => f.name === token.name);
    if (!flag) throw new UsageError(`unknown flag ${JSON.stringify(token.rawName)}`);
    addValue(values, flag, token.value, token.inlineValue);
  }
  const missing = expected.find(({ name, optional }) => !optional && !values.has(name));
  if (missing && !values.has(HELP_FLAG.name)) throw new UsageError(`argument ${missing.name} is missing: ${missing.description}`);
  return values;
}

function addArgument(values: Map<string, string[] | true>, expected: readonly Argument[], value: string): void {
  const next = expected.find(({ name }) => !values.has(name));
  if (!next) throw new UsageError(`unexpected argument ${JSON.stringify(value)}`);
  values.set(next.name, [value]);
}

function addValue(values: Map<string, string[] | true>, flag: Flag, value: string | undefined, inline: boolean | undefined): void {
  const shown = JSON.stringify(`--${flag.name}`);
  if (flag.value === undefined) {
    if (value !== undefined) throw new UsageError(`flag ${shown} takes no value`);
    values.set(flag.name, true);
    return;
  }
  if (value === undefined || (value.startsWith('--') && inline !== true)) throw new UsageError(`flag ${shown} needs a value: --${flag.name}=${flag.value}`);
  const before = values.get(flag.name);
  if (before !== undefined && !flag.repeatable) throw new UsageError(`flag ${shown} is given twice`);
  values.set(flag.name, [...(Array.isArray(before) ? before : []), value]);
}

/** What `values` says about the configuration. */
export function configSources(values: FlagValues): ConfigSources {
  return { file: single(values, 'config'), directory: single(values, 'config-dir'), overrides: CONFIG_FLAGS.flatMap((flag) => overrideOf(flag, values.get(flag.name))) };
}

function overrideOf(flag: Flag, given: readonly string[] | true | undefined): Override[] {
  if (!flag.sets || given === undefined || given === true) return [];
  return [{ flag: `--${flag.name}`, ...flag.sets, value: flag.repeatable ? given : given[0] ?? '' }];
}

/** The value of a flag that is given once at most, or of an argument. */
export function single(values: FlagValues, name: string): string | undefined {
  const given = values.get(name);
  return Array.isArray(given) ? String(given[0]) : undefined;
}
