/** What is written from the schema: docs/configuration.md and the sample configuration. */
import { fileURLToPath } from 'node:url';
import { tomlText } from './document.ts';
import { DEFAULT_CONFIG_DIR, DEFAULT_CONFIG_FILE } from './files.ts';
import type { AnyKey } from './key.ts';
import { loadConfig } from './load.ts';
import { printConfig } from './print.ts';
import type { TableSpec } from './schema.ts';
import { ANY_NAME, BUILT_IN_HANDLERS, TABLES } from './schema.ts';

/** The files of the tree that are derived from the schema, with their content. */
export async function derivedFiles(): Promise<readonly (readonly [path: string, text: string])[]> {
  const tree = new URL('../../../', import.meta.url);
  const { tables } = await loadConfig({ file: '', directory: '', overrides: [] });
  return [
    [fileURLToPath(new URL('docs/configuration.md', tree)), configurationReference()],
    [fileURLToPath(new URL('contrib/davit.conf', tree)), printConfig(tables)],
  ];
}

function configurationReference(): string {
  return [INTRODUCTION, ...TABLES.filter(hasSupported).map(supportedSection), UNSUPPORTED_INTRODUCTION, unsupportedTable()].join('\n');
}

const INTRODUCTION = `# Configuration

<!-- Written by \`npm run docs\` from cmd/davit/config: change the schema there, not this page. -->

davit reads, each later one over the earlier:

1. its defaults,
2. \`${DEFAULT_CONFIG_FILE}\` (another with \`--config\`; \`--config ''\` reads none),
3. every \`*.conf\` of \`${DEFAULT_CONFIG_DIR}\` in lexical order (another directory with \`--config-dir\`),
4. flags of \`davit serve\` (\`davit help serve\`).

The files are TOML with the keys of crio.conf. The tables may stand with or without the prefix \`crio.\`: \`[crio.runtime]\` and \`[runtime]\` are the
same table, and the keys of \`[crio]\` may stand at the top, so a crio.conf works as it is. A later scalar or list replaces the earlier one.

- An unknown key is a warning with file and line; a wrong value is an error with file, line, key, value and what is allowed, and davit does not start.
- A key that davit knows from crio.conf and does not act on is accepted; if its value asks for something that davit does not do, there is a
  warning, "not supported by davit".
- \`davit config\` prints the effective configuration with the origin of each value, \`davit config --default\` the default one.

The handlers ${BUILT_IN_HANDLERS.map((name) => `\`${name}\``).join(' and ')} exist without being configured.
`;

const UNSUPPORTED_INTRODUCTION = `## Accepted and not supported

Setting one of these to another value than the one shown is a warning and has no effect.

| key | no warning with | meaning |
|---|---|---|`;

function hasSupported(table: TableSpec): boolean {
  return Object.values(table.keys).some((key) => key.supported);
}

function supportedSection(table: TableSpec): string {
  const rows = Object.entries(table.keys).filter(([, key]) => key.supported).map(([name, key]) => supportedRow(name, key));
  return `## [${tableName(table)}]\n\n${table.title}.\n\n| key | default | expected | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function supportedRow(name: string, key: AnyKey): string {
  return `| \`${name}\` | ${code(tomlText(key.default))} | ${cell(key.allowed)} | ${cell(key.description)} |`;
}

function unsupportedTable(): string {
  return TABLES.flatMap((table) => Object.entries(table.keys).filter(([, key]) => !key.supported)
    .map(([name, key]) => `| \`${tableName(table)}.${name}\` | ${code(tomlText(key.default))} | ${cell(key.description)} |\n`)).join('');
}

function tableName(table: TableSpec): string {
  return ['crio', ...table.path].map((part) => part === ANY_NAME ? 'NAME' : part).join('.');
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
