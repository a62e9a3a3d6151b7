/** The calls that have no answer yet. One that is answered is over, also when its client does not read. */
export class CallsUnderWay {
  #count = 0;
  #none = Promise.withResolvers<void>();
  readonly #onAnswered: () => void;

  constructor(onAnswered: () => void) {
    this.#onAnswered = onAnswered;
  }

  /** Dispose when it is answered. */
  begin(): Disposable {
    if (this.#count++ === 0) this.#none = Promise.withResolvers<void>();
    return { [Symbol.dispose]: () => {
      this.#onAnswered();
      if (--this.#count === 0) this.#none.resolve();
    } };
  }

  /** Resolves when there is none, at once if there is none now. */
  async none(): Promise<void> {
    if (this.#count > 0) await this.#none.promise;
  }
}
