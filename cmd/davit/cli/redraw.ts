/** Lines of a terminal that are drawn again in place. */
const ESC = '\u001b[';

const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;

export interface Screen { readonly write: (text: string) => unknown; readonly columns?: number; readonly rows?: number }

/** The width; a terminal that does not know its own says 0. */
export function columnsOf(screen: Pick<Screen, 'columns'>): number {
  return screen.columns || DEFAULT_COLUMNS;
}

/** Draws a block of lines over the one before it; what does not fit the terminal's height is left out at its end. */
export class Redrawn {
  readonly #screen: Screen;
  #drawn = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  draw(lines: readonly string[]): void {
    const shown = lines.slice(0, Math.max(1, (this.#screen.rows || DEFAULT_ROWS) - 1));
    const up = this.#drawn > 0 ? `${ESC}${this.#drawn}A` : '';
    this.#screen.write(`${up}\r${ESC}0J${shown.map((line) => `${line}\n`).join('')}`);
    this.#drawn = shown.length;
  }
}
