/** The configuration as a file with comments: what `davit config` prints. */
import { sameValue, tomlKey, tomlText } from './document.ts';
import type { Setting, SettingTable } from './settings.ts';

const COMMENT_WIDTH = 100;

/**
 * A file that davit reads back to the same configuration. Values that differ from the default are
 * not commented out and say where they came from; unsupported keys stand there only when something sets them.
 */
export function printConfig(tables: readonly SettingTable[]): string {
  const parts = tables.map(printTable).filter((part) => part !== '');
  return [HEADER, ...parts].join('\n');
}

const HEADER = `# Configuration of davit. Keys and tables are those of crio.conf; the tables may stand with or without the prefix "crio.".
# Lines that are commented out show defaults.
`;

function printTable(table: SettingTable): string {
  const settings = [...table.settings.values()].filter((setting) => setting.spec.supported || setting.origin.from !== 'default');
  if (settings.length === 0) return '';
  const head = [`# ${table.title}`, `[${['crio', ...table.path].map(tomlKey).join('.')}]`, ''];
  return [...head, ...settings.flatMap(printSetting)].join('\n');
}

function printSetting(setting: Setting): string[] {
  const { key, spec, value } = setting;
  const comment = wrap(`${spec.description} Expected: ${spec.allowed}.${spec.supported ? '' : ' Not supported by davit: without effect.'}`);
  const line = `${tomlKey(key)} = ${tomlText(value)}`;
  const changed = setting.origin.from !== 'default' && !sameValue(value, spec.default);
  return [...comment, ...originLines(setting), changed ? line : `# ${line}`, ''];
}

function originLines({ origin }: Setting): string[] {
  if (origin.from === 'file') return [`# From ${origin.file}, line ${origin.line}.`];
  return origin.from === 'flag' ? [`# From ${origin.flag}.`] : [];
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= COMMENT_WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}
