import type { Cni } from '#cni';
import type { Images } from '#image';
import type { Logger } from '#log';
import type { Pods } from '#pod';
import type { Storage } from '#storage';

/** What commands of the admin door may use of the daemon. */
export interface AdminParts {
  readonly images: Images;
  readonly storage: Storage;
  readonly cni: Cni;
  readonly pods: Pods;
  readonly log: Logger;
}

/** What commands use that work without a daemon, too: see cli/ask-or-open.ts. */
export type StorageParts = Pick<AdminParts, 'images' | 'storage'>;

/**
 * One command of the admin door. Yields what it has to say, each item JSON; throws errors of #errors. `signal` aborts when the client goes away or the daemon
 * stops; the request is what the client sent, unchecked.
 */
export type AdminCommand<Item> = (request: Readonly<Record<string, unknown>>, parts: AdminParts, signal: AbortSignal) => AsyncIterable<Item>;

/** What the client gets from a command. */
export type ItemOf<C> = C extends AdminCommand<infer Item> ? Item : never;
