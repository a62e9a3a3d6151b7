import { join, resolve } from 'node:path';

/** The clone. */
export const ROOT = resolve(import.meta.dirname, '../..');
/** The daemon, as a user starts it. */
export const DAVIT = join(ROOT, 'bin/davit');
/** Programs that set-up built. */
export const CRICTL = join(ROOT, '.cache/bin/crictl');
export const CRITEST = join(ROOT, '.cache/bin/critest');
export const RUNC = join(ROOT, '.cache/bin/runc');
/** Holds ginkgo, which critest looks up in PATH. */
export const TOOLS_DIRECTORY = join(ROOT, '.cache/bin');
/** The registry's directory that set-up filled. */
export const IMAGES_DIRECTORY = join(ROOT, '.cache/registry');
/** Debian's. */
export const CNI_PLUGIN_DIRECTORY = '/usr/lib/cni';
