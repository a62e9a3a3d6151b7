/** One configuration file, as the settings it makes and what is wrong with it. */
import { parse, TomlError } from 'smol-toml';
import type { AnyKey, TomlValue } from './key.ts';
import { lineOf, locateKeys } from './lines.ts';
import { ANY_NAME, findTable, leadsToTable } from './schema.ts';

/** One value, checked and where it came from. */
export interface Assignment {
  /** Path below `crio`. */
  readonly table: readonly string[];
  readonly key: string;
  readonly spec: AnyKey;
  readonly value: TomlValue;
  readonly line: number;
}

export interface Problem {
  readonly line: number;
  readonly text: string;
}

export interface Document {
  /** Paths of the tables that are there, empty ones too: a handler may have nothing but its name. */
  readonly tables: readonly (readonly string[])[];
  readonly assignments: readonly Assignment[];
  /** The daemon can run all the same. */
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}

/** The table that crio.conf has round everything; it may be left out. */
const PREFIX = 'crio';
/** Names become parts of paths. */
const TABLE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Reads `text`; whatever is wrong is in the result, nothing is thrown. */
export function readDocument(text: string): Document {
  let root: TomlTable;
  try {
    root = parse(text, { unsafeKeyBehaviour: 'throw' }) as TomlTable;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { tables: [], assignments: [], warnings: [], errors: [{ line: error.line, text: `not valid TOML: ${error.message.split('\n', 1)[0]?.replace(/^Invalid TOML document: /, '')}` }] };
  }
  const reader = new Reader(locateKeys(text));
  for (const [name, value] of Object.entries(root)) {
    if (name === PREFIX) reader.table([], [PREFIX], value);
    else reader.entry([], [name], name, value);
  }
  return reader;
}

type TomlTable = Readonly<Record<string, TomlValue>>;

class Reader implements Document {
  readonly tables: (readonly string[])[] = [];
  readonly assignments: Assignment[] = [];
  readonly warnings: Problem[] = [];
  readonly errors: Problem[] = [];
  readonly #lines: ReadonlyMap<string, number>;

  constructor(lines: ReadonlyMap<string, number>) {
    this.#lines = lines;
  }

  /** @param written the path of the table as it stands in the file. */
  table(path: readonly string[], written: readonly string[], content: TomlValue): void {
    if (!isTable(content)) {
      this.errors.push({ line: lineOf(this.#lines, written), text: `${written.join('.')} = ${tomlText(content)} is not allowed: expected a table` });
      return;
    }
    if (findTable(path)) this.tables.push(path);
    for (const [name, value] of Object.entries(content)) this.entry(path, [...written, name], name, value);
  }

  entry(path: readonly string[], written: readonly string[], name: string, value: TomlValue): void {
    const line = lineOf(this.#lines, written);
    const shown = written.join('.');
    const keys = findTable(path)?.keys;
    const spec = keys && Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (spec) { this.#assign(path, name, spec, value, line, shown); return; }
    const inner = [...path, name];
    if (findTable(inner) === undefined && !leadsToTable(inner)) this.warnings.push({ line, text: `unknown key ${JSON.stringify(shown)} is ignored` });
    else if (isNamed(inner) && !TABLE_NAME.test(name)) this.errors.push({ line, text: `table [${written.map(tomlKey).join('.')}] is not allowed: expected a name of letters, digits, ".", "_" and "-"` });
    else this.table(inner, written, value);
  }

  #assign(table: readonly string[], key: string, spec: AnyKey, value: TomlValue, line: number, shown: string): void {
    const parsed = spec.parse(value);
    const twin = this.assignments.find((other) => other.key === key && other.table.join('.') === table.join('.'));
    if (twin) this.errors.push({ line, text: `${shown} is set twice, with and without the prefix "${PREFIX}.": see line ${twin.line}` });
    else if (parsed === undefined) this.errors.push({ line, text: `${shown} = ${tomlText(value)} is not allowed: expected ${spec.allowed}` });
    else this.assignments.push({ table, key, spec, value: parsed, line });
    if (!spec.supported && parsed !== undefined && !sameValue(parsed, spec.default)) {
      this.warnings.push({ line, text: `${shown} = ${tomlText(value)} is not supported by davit and has no effect` });
    }
  }
}

/** Whether the last part of a table's path is the operator's own choice. */
function isNamed(path: readonly string[]): boolean {
  return (findTable(path)?.path ?? []).at(-1) === ANY_NAME;
}

/** A value as TOML writes it, on one line. */
export function tomlText(value: TomlValue): string {
  if (Array.isArray(value)) return `[${value.map(tomlText).join(', ')}]`;
  if (isTable(value)) return `{ ${Object.entries(value).map(([k, v]) => `${tomlKey(k)} = ${tomlText(v)}`).join(', ')} }`.replace('{  }', '{}');
  // JSON leaves DEL alone, TOML does not allow it.
  if (typeof value === 'string') return JSON.stringify(value).replaceAll('\x7f', '\\u007f');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A name as TOML writes it in a key or a table header. */
export function tomlKey(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name);
}

/** Whether two values are equal. */
export function sameValue(a: TomlValue, b: TomlValue): boolean {
  return tomlText(a) === tomlText(b);
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
