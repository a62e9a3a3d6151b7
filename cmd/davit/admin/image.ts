import { InvalidArgumentError, NotFoundError } from '#errors';
import type { ImageView } from '#image';
import type { StorageParts } from './command.ts';
import { loadImages } from './load-images.ts';
import type { LoadItem } from './load-images.ts';
import { saveImage } from './save-image.ts';

export type ImageItem = LoadItem | { readonly image: ImageView } | { readonly removed: string } | { readonly saved: string; readonly layers: number };

/** `ls`, `inspect`, `rm`, `load` and `save` of the images of this node. `directory` of `save` is absolute and becomes an OCI image layout. */
export async function* image(request: Readonly<Record<string, unknown>>, parts: StorageParts, signal: AbortSignal): AsyncGenerator<ImageItem> {
  const { action, name, directory } = request;
  if (action === 'ls') { for (const found of parts.images.list()) yield { image: found }; return; }
  if (action === 'load') { yield* loadImages(request, parts, signal); return; }
  const found = parts.images.resolve(String(name));
  if (!found) throw new NotFoundError(`image ${JSON.stringify(name)} is not on this node`);
  switch (action) {
    case 'inspect': yield { image: found }; break;
    case 'rm': await parts.images.remove(found.id); yield { removed: found.id }; break;
    case 'save': yield await saveImage(found, directory, parts, signal); break;
    default: throw new InvalidArgumentError(`davit image ${JSON.stringify(action)}: expected ls, inspect, rm, load or save`);
  }
}
