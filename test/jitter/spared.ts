/** What standing still would break although nothing is wrong. */

/** Test files that are not disturbed, each with what they measure or promise. */
export const SPARED_FILES: readonly { readonly path: string; readonly reason: string }[] = [
  { path: 'lib/storage/extractor-pool.kernel.test.ts', reason: 'stops and wakes an extractor itself, to see that nobody waits for it' },
];

/** Test files whose containers go on while all else stands still. */
export const SPARED_CONTAINERS: readonly { readonly path: string; readonly reason: string }[] = [
  { path: 'test/integration/checkpoint', reason: 'CRIU saves a process that is stopped as a stopped one, and nobody wakes the one that comes out of it' },
  { path: 'test/integration/metrics', reason: 'figures of what a container does' },
];

/** Programs, by the names that the kernel has for them, of which no process or no child is stopped. */
export const SPARED_PROGRAMS: readonly { readonly pattern: RegExp; readonly children?: true; readonly reason: string }[] = [
  { pattern: /^script$/, children: true, reason: 'script(1) stops itself when its child stands still, as a shell in a terminal would want it, and nobody wakes it' },
  { pattern: /^(criu|ld-linux-.*)$/, reason: 'CRIU, which set-up starts by its own loader, takes a stop of one of its helpers for their failure' },
];
