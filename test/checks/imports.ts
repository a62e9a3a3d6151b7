/** The house rules of imports: ranks, doors, and which folder may use which package (ARCHITECTURE.md). */
import { posix } from 'node:path';
import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { isTest } from './sources.ts';
import type { SourceFile } from './sources.ts';

/** A folder imports only from lower ranks. */
const RANKS: Readonly<Record<string, number>> = {
  errors: 0, log: 0, bytes: 0, async: 1, fs: 1, linux: 1, storage: 2, conmon: 2, cni: 2, image: 3, oci: 3, pod: 4, cri: 5, streaming: 5,
};
const CMD_RANK = 6;
const TEST_RANK = 7;

/** Packages that only one folder may know. */
const EXCLUSIVE: readonly { readonly package: RegExp; readonly owner: string }[] = [
  { package: /^(@grpc\/|protobufjs(\/|$))/, owner: 'lib/cri' },
  { package: /^koffi(\/|$)/, owner: 'lib/linux' },
];

export interface ImportRules {
  /** Names in package.json's dependencies: all that lib and cmd may use outside tests. */
  readonly dependencies: readonly string[];
}

/** @returns one line for each import that breaks a rule: file, import, rule */
export function checkImports(files: readonly SourceFile[], rules: ImportRules): string[] {
  return files.flatMap((file) => importsOf(file).flatMap((name) => {
    const wrong = complaint(file.path, name, rules);
    return wrong === undefined ? [] : [`${file.path} imports "${name}": ${wrong}`];
  }));
}

function importsOf({ text }: SourceFile): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map((imported) => imported.fileName);
}

function complaint(path: string, name: string, rules: ImportRules): string | undefined {
  if (isBuiltin(name)) return name.startsWith('node:') ? undefined : 'a module of Node is named with "node:"';
  if (name.startsWith('#')) return doorComplaint(path, name);
  if (name.startsWith('.')) return relativeComplaint(path, posix.join(posix.dirname(path), name));
  return packageComplaint(path, name, rules);
}

function doorComplaint(path: string, name: string): string | undefined {
  const lib = name.slice(1);
  const rank = RANKS[lib];
  const own = folderOf(path);
  if (rank === undefined) return `there is no lib "${lib}" in the ranks`;
  if (own === `lib/${lib}`) return isTest(path) ? undefined : 'a file does not go out by its own door: name the file beside it';
  const mine = rankOf(path);
  if (rank < mine) return undefined;
  return rank === mine ? `sideways: both are of rank ${mine}` : `upwards: from rank ${mine} to rank ${rank}`;
}

function relativeComplaint(path: string, target: string): string | undefined {
  const [from, to] = [folderOf(path), folderOf(target)];
  if (from === to) return undefined;
  if (to.startsWith('lib/')) return `past a door: write "#${to.slice('lib/'.length)}"`;
  if (to.startsWith('cmd/')) return 'nobody imports from cmd';
  if (to === 'test') return isTest(path) || from === 'scripts' ? undefined : 'only tests and scripts import from test';
  return from === 'test' ? undefined : `only tests import from ${to}`;
}

function packageComplaint(path: string, name: string, rules: ImportRules): string | undefined {
  if (!/^(lib|cmd)\//.test(path)) return undefined;
  const owner = EXCLUSIVE.find((e) => e.package.test(name))?.owner;
  if (owner !== undefined && folderOf(path) !== owner) return `only ${owner} may`;
  if (isTest(path)) return undefined;
  const used = name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');
  return rules.dependencies.includes(used) ? undefined : `"${used}" is not among package.json's dependencies`;
}

/** `lib/x`, `cmd/x`, or the top folder. */
function folderOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'lib' || top === 'cmd' ? `${top}/${second}` : top;
}

function rankOf(path: string): number {
  const folder = folderOf(path);
  if (folder.startsWith('lib/')) return RANKS[folder.slice('lib/'.length)] ?? -1;
  return folder.startsWith('cmd/') ? CMD_RANK : TEST_RANK;
}
