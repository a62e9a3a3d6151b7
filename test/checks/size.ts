import type { SourceFile } from './sources.ts';

/** Most files have about a hundred lines; one of more than this holds more than one concern. */
export const MAX_FILE_LINES = 400;

/** @returns one line for each file that is too long */
export function checkSize(files: readonly SourceFile[]): string[] {
  return files.map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter((file) => file.lines > MAX_FILE_LINES).map((file) => `${file.path} has ${file.lines} lines, at most ${MAX_FILE_LINES} are allowed`);
}
