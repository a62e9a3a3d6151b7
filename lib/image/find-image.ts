import type { ImageRecord, Storage } from '#storage';
import { formatReference } from './reference.ts';
import type { RegistriesConfig } from './registries/registries-config.ts';
import { candidatesOf } from './registries/short-names.ts';

const ID_PREFIX = /^(?:sha256:)?[0-9a-f]{1,64}$/;

/** The image that a name, `name@digest`, id or unique id prefix means; undefined when there is none. Reads memory only. */
export function findImage(text: string, images: Storage['images'], registries: RegistriesConfig): ImageRecord | undefined {
  return images.get(text) ?? images.get(`sha256:${text}`) ?? byName(text, images, registries) ?? (ID_PREFIX.test(text) ? images.byIdPrefix(text) : undefined);
}

function byName(text: string, images: Storage['images'], registries: RegistriesConfig): ImageRecord | undefined {
  for (const candidate of candidates(text, registries)) {
    const found = images.byName(formatReference(candidate));
    if (found) return found;
  }
  return undefined;
}

/** A text that is no reference names no image. */
function candidates(text: string, registries: RegistriesConfig): ReturnType<typeof candidatesOf> {
  try {
    return candidatesOf(text, { ...registries, shortNameMode: registries.shortNameMode === 'enforcing' ? 'permissive' : registries.shortNameMode });
  } catch {
    return [];
  }
}
