import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './sources.ts';

/**
 * No files import each other in a loop, by types neither: what both need stands in a file of its own.
 * @returns one line for each loop found, its files in the order of their imports
 */
export function checkCircles(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, namedFiles(file)]));
  const [done, circles] = [new Set<string>(), [] as string[]];
  const walk = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at !== -1) circles.push([...way.slice(at), path].join(' -> '));
    if (at !== -1 || done.has(path)) return;
    for (const next of imports.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of imports.keys()) walk(path, []);
  return circles;
}

function namedFiles({ path, text }: SourceFile): string[] {
  const names = ts.preProcessFile(text, true, true).importedFiles.map((imported) => imported.fileName);
  return names.filter((name) => name.startsWith('.')).map((name) => posix.join(posix.dirname(path), name));
}
