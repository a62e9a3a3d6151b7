import type { ByteTaker } from '#conmon';

export interface Size { readonly columns: number; readonly rows: number }

/** One JSON object is about 30 bytes. */
const KEPT_MAX_CHARS = 1024;
const SIDE_MAX = 0xffff;

/** Reads the resize stream: JSON objects {"Width":W,"Height":H}, one after another. What is no size is skipped. */
export function resizeTaker(onSize: (size: Size) => void): ByteTaker {
  let text = '';
  return {
    take: (piece, done) => {
      text += piece.toString('latin1');
      for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}')) {
        const size = parseSize(text.slice(0, end + 1));
        if (size) onSize(size);
        text = text.slice(end + 1);
      }
      if (text.length > KEPT_MAX_CHARS) text = '';
      done();
    },
    end: () => undefined,
  };
}

function parseSize(json: string): Size | undefined {
  try {
    const { Width: columns, Height: rows } = JSON.parse(json) as { Width?: unknown; Height?: unknown };
    return isSide(columns) && isSide(rows) ? { columns, rows } : undefined;
  } catch {
    return undefined;
  }
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= SIDE_MAX;
}
