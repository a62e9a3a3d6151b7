/** Where each key of a TOML document stands; the parser does not say. */

/**
 * The line (from 1) of every key and table header of `text`, which must be valid TOML, by
 * `lineKey()` of its full path. Keys inside an inline table are not listed: take their table's line.
 */
export function locateKeys(text: string): ReadonlyMap<string, number> {
  const scanner = new Scanner(text);
  const lines = new Map<string, number>();
  let table: string[] = [];
  while (scanner.skipBlank()) {
    const line = scanner.line;
    if (scanner.peek() === '[') {
      table = scanner.header();
      remember(lines, table, 0, line);
    } else {
      const key = scanner.key('=');
      remember(lines, [...table, ...key], table.length, line);
      scanner.value();
    }
  }
  return lines;
}

/** The line of the longest known prefix of `path`. */
export function lineOf(lines: ReadonlyMap<string, number>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const line = lines.get(lineKey(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return 1;
}

function lineKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

function remember(lines: Map<string, number>, path: readonly string[], from: number, line: number): void {
  for (let length = from + 1; length <= path.length; length++) {
    const key = lineKey(path.slice(0, length));
    if (!lines.has(key)) lines.set(key, line);
  }
}

class Scanner {
  line = 1;
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): string | undefined {
    return this.#text[this.#at];
  }

  /** Goes past white space, line ends and comments; false at the end of the text. */
  skipBlank(): boolean {
    for (let c = this.peek(); c !== undefined; c = this.peek()) {
      if (c === '#') this.#skipComment();
      else if (/\s|\uFEFF/.test(c)) this.#take();
      else return true;
    }
    return false;
  }

  /** A `[table]` or `[[table]]` header, from its first bracket past its last. */
  header(): string[] {
    while (this.peek() === '[') this.#take();
    const path = this.key(']');
    if (this.peek() === ']') this.#take();
    return path;
  }

  /** A dotted key, past the `end` that closes it. */
  key(end: string): string[] {
    const path: string[] = [];
    let part = '';
    for (let c = this.peek(); c !== undefined && c !== end; c = this.peek()) {
      if (c === '"' || c === "'") part += this.#string();
      else if (c === '.') { path.push(part.trim()); part = ''; this.#take(); }
      else part += this.#take();
    }
    this.#take();
    return [...path, part.trim()];
  }

  /** A value, up to the line end behind it. */
  value(): void {
    let depth = 0;
    for (let c = this.peek(); c !== undefined; c = this.peek()) {
      if (c === '"' || c === "'") { this.#string(); continue; }
      if (c === '#') { this.#skipComment(); continue; }
      if (c === '\n' && depth === 0) return;
      if (c === '[' || c === '{') depth++;
      if (c === ']' || c === '}') depth--;
      this.#take();
    }
  }

  #take(): string {
    const c = this.#text[this.#at++] ?? '';
    if (c === '\n') this.line++;
    return c;
  }

  #skipComment(): void {
    while (this.peek() !== undefined && this.peek() !== '\n') this.#take();
  }

  /** A string of any of the four kinds; returns what stands between the quotes. */
  #string(): string {
    const quote = this.peek() ?? '';
    const fence = this.#text.startsWith(quote.repeat(3), this.#at) ? quote.repeat(3) : quote;
    for (let n = 0; n < fence.length; n++) this.#take();
    let content = '';
    while (this.peek() !== undefined && !this.#text.startsWith(fence, this.#at)) {
      if (quote === '"' && this.peek() === '\\') content += this.#take();
      content += this.#take();
    }
    while (this.peek() === quote) this.#take();
    return content;
  }
}
