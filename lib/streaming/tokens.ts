import { randomBytes } from 'node:crypto';
import { ResourceExhaustedError } from '#errors';
import { TOKEN_LIFETIME_MS, TOKENS_MAX } from './limits.ts';

/** 128 bits: nobody guesses it in a minute. */
const TOKEN_BYTES = 16;

interface Entry<T> { readonly value: T; readonly expiresAt: number }

/** What was asked for and not yet fetched, by a word that works once and for a limited time. */
export class Tokens<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #now: () => number;

  /** @param now milliseconds of a steady clock. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @throws ResourceExhaustedError when too many have not been fetched. */
  issue(value: T): string {
    this.#forgetOld();
    if (this.#entries.size >= TOKENS_MAX) throw new ResourceExhaustedError(`open a stream: ${TOKENS_MAX} requests wait for their client, none more is possible before one has connected or ${TOKEN_LIFETIME_MS / 1000} s have passed`);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#entries.set(token, { value, expiresAt: this.#now() + TOKEN_LIFETIME_MS });
    return token;
  }

  /** Undefined when it was never issued, has been redeemed, or is too old. */
  redeem(token: string): T | undefined {
    this.#forgetOld();
    const entry = this.#entries.get(token);
    this.#entries.delete(token);
    return entry?.value;
  }

  /** Entries stand in the order of their age. */
  #forgetOld(): void {
    const now = this.#now();
    for (const [token, { expiresAt }] of this.#entries) {
      if (expiresAt > now) return;
      this.#entries.delete(token);
    }
  }
}
