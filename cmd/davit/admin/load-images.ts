import { isAbsolute } from 'node:path';
import { InvalidArgumentError } from '#errors';
import type { LoadedImage, PullProgress } from '#image';
import type { StorageParts } from './command.ts';
import { withProgress } from './with-progress.ts';

export type LoadItem = { readonly loaded: LoadedImage } | { readonly progress: PullProgress };

/** Loads the images of an archive that the client has opened: `path` is absolute, `label` what the user calls it. */
export function loadImages({ path, label, name }: Readonly<Record<string, unknown>>, { images }: StorageParts, signal: AbortSignal): AsyncGenerator<LoadItem> {
  if (typeof path !== 'string' || !isAbsolute(path)) throw new InvalidArgumentError('davit image load: "path" is missing or not absolute');
  if (name !== undefined && typeof name !== 'string') throw new InvalidArgumentError('davit image load: "name" is no string');
  const request = { path, label: typeof label === 'string' ? label : path, signal, ...(name !== undefined && { name }) };
  return withProgress(async function* (onProgress) {
    for await (const loaded of images.load({ ...request, onProgress })) yield { loaded };
  });
}
