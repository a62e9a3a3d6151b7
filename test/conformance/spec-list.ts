import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The specs of critest that davit is judged by (must-pass.txt), by the full name that ginkgo prints. */
export interface SpecList {
  readonly mustPass: readonly string[];
  /** Those that cannot pass on the test hosts; the file says why. */
  readonly absent: readonly string[];
}

const ABSENT = 'absent: ';

/** must-pass.txt. */
export function specList(): SpecList {
  return readSpecList(readFileSync(join(import.meta.dirname, 'must-pass.txt'), 'utf8'));
}

/** A name on each line, behind `absent: ` when it need not pass; `#` begins a comment. @throws Error when a name stands twice */
export function readSpecList(text: string): SpecList {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const absent = lines.filter((line) => line.startsWith(ABSENT)).map((line) => line.slice(ABSENT.length));
  const mustPass = lines.filter((line) => !line.startsWith(ABSENT));
  const all = [...mustPass, ...absent];
  const twice = all.find((name, index) => all.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`the list of specs names "${twice}" twice`);
  return { mustPass, absent };
}
