/** Pages that name tests as proof: each file must exist and hold the words in quotes after it. */
export interface NamedTest { readonly path: string; readonly titles: readonly string[] }

/** Every test file that `text` names, with the quoted beginnings of titles that follow it; a `…` stands for anything. */
export function namedTests(text: string): NamedTest[] {
  const parts = text.split(/((?:cmd|lib|test)\/[\w./*-]+\.test\.ts)/);
  return parts.flatMap((path, i) => (i % 2 === 0 ? [] : [{ path, titles: [...(parts[i + 1] ?? '').matchAll(/"([^"\n]+)"/g)].map((m) => m[1] ?? '') }]));
}

/** Complaints about named tests that are not there. `read` gives the text of all files that a path means, '' for none. */
export function checkNamedTests(text: string, read: (path: string) => string): string[] {
  return namedTests(text).flatMap(({ path, titles }) => {
    const source = read(path);
    if (source === '') return [`${path}: no such test file`];
    return titles.filter((title) => !title.split('…').every((piece) => source.includes(piece.replaceAll("'", "\\'")) || source.includes(piece))).map((title) => `${path}: no test "${title}"`);
  });
}
