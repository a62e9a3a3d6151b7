import { parse } from 'smol-toml';
import { InvalidArgumentError } from '#errors';
import type { MirrorRule, PullFromMirror, RegistriesConfig, RegistryRule, ShortNameMode } from './registries-config.ts';
import { TomlTable } from './toml-table.ts';

const SHORT_NAME_MODES: readonly ShortNameMode[] = ['enforcing', 'permissive', 'disabled'];
const PULL_FROM: readonly PullFromMirror[] = ['all', 'digest-only', 'tag-only'];
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const WILDCARD = /^\*\.[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/;

/**
 * Reads one registries.conf file.
 * @throws InvalidArgumentError with file, key, value and what is allowed.
 */
export function parseRegistries(text: string, file: string): Partial<RegistriesConfig> {
  const root = new TomlTable(parseToml(text, file), file);
  const version1 = root.keys().find((k) => k === 'registries' || k === 'blocked' || k === 'insecure');
  if (version1 !== undefined) throw root.error(`table "${version1}" is of version 1 of the format; write [[registry]] tables (version 2)`);
  const tables = root.tables('registry');
  const registries = tables.map((t) => parseRule(t, file));
  const twice = registries.find((r, i) => registries.findIndex((o) => o.prefix === r.prefix) !== i);
  if (twice) throw root.error(`prefix "${twice.prefix}" stands in two [[registry]] tables; expected one`);
  const search = root.strings('unqualified-search-registries');
  for (const host of search ?? []) requireLocation(root, 'unqualified-search-registries', host);
  const mode = root.oneOf('short-name-mode', SHORT_NAME_MODES);
  const credentialHelpers = root.strings('credential-helpers');
  const aliases = parseAliases(root.table('aliases'));
  return {
    registries, warnings: [...root.unknownKeys(), ...tables.flatMap((t) => t.unknownKeys())],
    ...(search && { unqualifiedSearchRegistries: search }), ...(mode && { shortNameMode: mode }), ...(aliases && { aliases }), ...(credentialHelpers && { credentialHelpers }),
  };
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`${file}: not valid TOML`, { cause: error });
  }
}

function parseRule(table: TomlTable, file: string): RegistryRule {
  const location = table.string('location') ?? '';
  const prefix = table.string('prefix') ?? location;
  if (prefix === '') throw table.error('prefix and location are missing; expected at least one of them');
  if (prefix.startsWith('*') ? !WILDCARD.test(prefix) : !isLocation(prefix)) throw table.error(`prefix = "${prefix}": expected host[:port][/path][:tag|@digest] without a scheme, or *.example.com`);
  if (location === '' && !prefix.startsWith('*.') && table.has('location')) throw table.error('location = "": expected host[:port][/path]');
  if (location !== '') requireLocation(table, 'location', location);
  const byDigestOnly = table.boolean('mirror-by-digest-only');
  return {
    prefix, location: location === '' && !prefix.startsWith('*.') ? prefix : location, insecure: table.boolean('insecure') ?? false, blocked: table.boolean('blocked') ?? false,
    mirrors: table.tables('mirror').map((m) => parseMirror(m, byDigestOnly)), file,
  };
}

function parseMirror(table: TomlTable, byDigestOnly: boolean | undefined): MirrorRule {
  const location = table.string('location') ?? '';
  requireLocation(table, 'location', location);
  const pullFrom = table.oneOf('pull-from-mirror', PULL_FROM);
  if (pullFrom !== undefined && byDigestOnly === true) throw table.error('pull-from-mirror cannot stand beside mirror-by-digest-only = true of its registry; expected one of them');
  const insecure = table.boolean('insecure') ?? false;
  const unknown = table.unknownKeys()[0];
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown}; expected location, insecure, pull-from-mirror`);
  return { location, insecure, pullFrom: pullFrom ?? (byDigestOnly === true ? 'digest-only' : 'all') };
}

function parseAliases(table: TomlTable | undefined): Record<string, string> | undefined {
  if (!table) return undefined;
  return Object.fromEntries(table.keys().map((name) => {
    const target = table.string(name) ?? '';
    if (!/^[^/:@]+(\/[^/:@]+)*$/.test(name)) throw table.error(`"${name}" is not a short name; expected a name without host, tag and digest`);
    if (target !== '' && (!isLocation(target) || !target.includes('/') || target.includes('@'))) throw table.error(`"${name}" = "${target}": expected host[:port]/path`);
    return [name, target];
  }));
}

function requireLocation(table: TomlTable, key: string, value: string): void {
  if (!isLocation(value)) throw table.error(`${key} = "${value}": expected host[:port][/path] without a scheme and without a final slash`);
}

function isLocation(text: string): boolean {
  return !text.includes('://') && !text.endsWith('/') && !/\s/.test(text) && HOST.test(text.split('/')[0] ?? '');
}
