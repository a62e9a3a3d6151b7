/** Which figures of a bench are wanted, where it can measure some of them alone. */
import { PULL_FIGURES, USUAL_PULL_FIGURES } from './pulls/figures.ts';

/** Of the list bench: each alone takes about a minute, all of it four. */
export const LIST_FIGURES = ['list_p99', 'poll_cpu'] as const;

const KNOWN: Readonly<Record<string, { readonly all: readonly string[]; readonly usual: readonly string[] }>> = {
  pull: { all: PULL_FIGURES, usual: USUAL_PULL_FIGURES },
  list: { all: LIST_FIGURES, usual: LIST_FIGURES },
};

/** Reads `--figures`: names with commas between, or "all". @throws Error with what is wrong, for the user */
export function parseFigures(bench: string, text: string | undefined): readonly string[] {
  const { all, usual } = KNOWN[bench] ?? { all: [], usual: [] };
  if (text === undefined) return usual;
  if (all.length === 0) throw new Error(`--figures: the ${bench} bench measures all of its own`);
  if (text === 'all') return all;
  return text.split(',').map((name) => {
    if (!all.includes(name)) throw new Error(`--figures "${name}": want "all" or some of ${all.join(',')}`);
    return name;
  });
}
