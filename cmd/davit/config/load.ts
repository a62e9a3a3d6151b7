/** The effective configuration: defaults, then the file, then its drop-ins in lexical order, then flags. */
import { InvalidArgumentError } from '#errors';
import { readDocument, tomlText } from './document.ts';
import { readConfigFiles } from './files.ts';
import type { TomlValue } from './key.ts';
import type { Config } from './schema.ts';
import { findTable } from './schema.ts';
import type { SettingTable } from './settings.ts';
import { Settings } from './settings.ts';

/** A value given on the command line. */
export interface Override {
  /** As the person typed it: "--log-level". */
  readonly flag: string;
  readonly table: readonly string[];
  readonly key: string;
  readonly value: TomlValue;
}

export interface ConfigSources {
  /** Undefined: the default, which may be absent; '': none. */
  readonly file: string | undefined;
  readonly directory: string | undefined;
  readonly overrides: readonly Override[];
}

export interface LoadedConfig {
  readonly config: Config;
  readonly tables: readonly SettingTable[];
  /** One line each, naming file, line and key. */
  readonly warnings: readonly string[];
}

/**
 * Reads every source and checks every value.
 * @throws InvalidArgumentError with one line per wrong value, naming file, line, key, value and what is allowed.
 */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  const settings = new Settings();
  const warnings: string[] = [];
  const errors: string[] = [];
  for (const { path: file, text } of await readConfigFiles(sources.file, sources.directory)) {
    const document = readDocument(text);
    const at = (problem: { line: number; text: string }): string => `${file}: line ${problem.line}: ${problem.text}`;
    warnings.push(...document.warnings.map(at));
    errors.push(...document.errors.map(at));
    for (const table of document.tables) settings.open(table);
    for (const { table, line, ...setting } of document.assignments) settings.set(table, { ...setting, origin: { from: 'file', file, line } });
  }
  for (const override of sources.overrides) applyOverride(settings, override, errors);
  if (errors.length > 0) throw new InvalidArgumentError(errors.join('\n'));
  const config = settings.config();
  checkDefaultHandler(config);
  return { config, tables: settings.tables(), warnings };
}

function applyOverride(settings: Settings, override: Override, errors: string[]): void {
  const { flag, table, key } = override;
  const spec = findTable(table)?.keys[key];
  if (!spec) throw new TypeError(`flag ${flag} names no key of the configuration`);
  const value = spec.parse(override.value);
  if (value === undefined) errors.push(`${flag} ${tomlText(override.value)} is not allowed: expected ${spec.allowed}`);
  else settings.set(table, { key, spec, value, origin: { from: 'flag', flag } });
}

function checkDefaultHandler(config: Config): void {
  const handlers = Object.keys(config.handlers);
  if (handlers.includes(config.runtime.default_runtime)) return;
  throw new InvalidArgumentError(`default_runtime = ${tomlText(config.runtime.default_runtime)} is not allowed: expected one of the tables [crio.runtime.runtimes.NAME], which are ${handlers.map((name) => JSON.stringify(name)).join(', ')}`);
}
