/** What read-numbers.c keeps of cgroups from one pass to the next, in memory that its threads write while this one goes on; ADR 37. */

/** Numbers before those of the files: struct kept in read-numbers.c. */
const HEAD_NUMBERS = 4;
const FIRST_ROWS = 64;

/** A row for each cgroup that is known. */
export class KeptNumbers {
  readonly #rowNumbers: number;
  #table: BigInt64Array;
  #used = 0;
  readonly #free: number[] = [];

  /** @param count numbers of one cgroup's files */
  constructor(count: number) {
    this.#rowNumbers = HEAD_NUMBERS + count;
    this.#table = new BigInt64Array(FIRST_ROWS * this.#rowNumbers);
  }

  /** For one call of C, which may write to it until it is back. */
  get table(): BigInt64Array {
    return this.#table;
  }

  /** An empty row. */
  take(): number {
    const row = this.#free.pop() ?? this.#used++;
    const start = row * this.#rowNumbers;
    // Nothing is taken over: a thread may be writing. It is read again.
    if (start >= this.#table.length) this.#table = new BigInt64Array(this.#table.length * 2);
    else this.#table.fill(0n, start, start + this.#rowNumbers);
    return row;
  }

  /** No call may be using it. */
  giveBack(row: number): void {
    this.#free.push(row);
  }
}
