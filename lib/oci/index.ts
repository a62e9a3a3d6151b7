/** OCI runtime bundles: what is asked of a container, config.json from it, and the runtimes that run it. */
export type * from './config.ts';
