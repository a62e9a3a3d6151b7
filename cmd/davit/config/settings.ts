/** Every key of every table with its value and where that came from. */
import type { AnyKey, TomlValue } from './key.ts';
import type { Config } from './schema.ts';
import { ANY_NAME, BUILT_IN_HANDLERS, findTable, TABLES } from './schema.ts';

export type Origin = { readonly from: 'default' } | { readonly from: 'file'; readonly file: string; readonly line: number } | { readonly from: 'flag'; readonly flag: string };

export interface Setting {
  readonly key: string;
  readonly spec: AnyKey;
  readonly value: TomlValue;
  readonly origin: Origin;
}

export interface SettingTable {
  readonly path: readonly string[];
  readonly title: string;
  readonly settings: ReadonlyMap<string, Setting>;
}

/** Starts with every default; tables of the operator's own names come to be when first set. */
export class Settings {
  readonly #tables = new Map<string, SettingTable & { settings: Map<string, Setting> }>();

  constructor() {
    for (const { path } of TABLES) if (!path.includes(ANY_NAME)) this.#table(path);
    for (const name of BUILT_IN_HANDLERS) this.#table([...HANDLERS, name]);
  }

  /** Makes a table of the schema with its defaults, unless it is there. */
  open(path: readonly string[]): void {
    this.#table(path);
  }

  /** `path` and the key must be of the schema. */
  set(path: readonly string[], setting: Setting): void {
    this.#table(path).settings.set(setting.key, setting);
  }

  /** In the order of the schema. */
  tables(): SettingTable[] {
    const rank = (table: SettingTable): number => TABLES.findIndex((spec) => spec === findTable(table.path));
    return [...this.#tables.values()].sort((a, b) => rank(a) - rank(b) || a.path.join('.').localeCompare(b.path.join('.')));
  }

  /** The values by name. The schema's tables and Config's types say the same, so the values have Config's types. */
  config(): Config {
    const handlers = this.tables().filter((table) => table.path.length === HANDLERS.length + 1 && HANDLERS.every((part, i) => table.path[i] === part));
    return {
      crio: this.#values([]), api: this.#values(['api']), runtime: this.#values(['runtime']), image: this.#values(['image']), network: this.#values(['network']),
      checkpointRestore: this.#values(['checkpoint_restore']),
      handlers: Object.fromEntries(handlers.map((table) => [table.path[HANDLERS.length] ?? '', this.#values(table.path)])),
    } as unknown as Config;
  }

  #values(path: readonly string[]): Record<string, TomlValue> {
    return Object.fromEntries([...this.#table(path).settings.values()].filter((s) => s.spec.supported).map((s) => [s.key, s.value]));
  }

  #table(path: readonly string[]): SettingTable & { settings: Map<string, Setting> } {
    const name = JSON.stringify(path);
    const existing = this.#tables.get(name);
    if (existing) return existing;
    const spec = findTable(path);
    if (!spec) throw new TypeError(`no table ${name} in the schema of the configuration`);
    const settings = new Map(Object.entries(spec.keys).map(([key, s]): [string, Setting] => [key, { key, spec: s, value: s.default, origin: { from: 'default' } }]));
    const made = { path, title: spec.title, settings };
    this.#tables.set(name, made);
    return made;
  }
}

/** Where the operator's handlers are. */
const HANDLERS = ['runtime', 'runtimes'];
