import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A file of the house: its path in the clone, with slashes, and its text. */
export interface SourceFile { readonly path: string; readonly text: string }

const ROOT = resolve(import.meta.dirname, '../..');
/** Written by programs, not by people. */
const GENERATED = ['lib/cri/generated/**'];

/** The files that match, without generated ones. */
export function readSources(patterns: readonly string[]): SourceFile[] {
  const paths = globSync([...patterns], { cwd: ROOT, exclude: ['node_modules/**', 'build/**', '.cache/**', ...GENERATED] }).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/');
}
