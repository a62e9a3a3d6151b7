import type { Dependencies, StreamHandler, UnaryHandler } from '../handler.ts';
import { runtime } from '../generated/cri.js';
import type { Image, ImageFilter, Input } from '../generated/cri.js';
import { chunks } from '../chunks.ts';
import { fromImage } from '../convert/image.ts';

export const listImages: UnaryHandler<'ListImages'> = (deps, { filter }) => ({ images: imagesOf(deps, filter) });

export const streamImages: StreamHandler<'StreamImages'> = async function* (deps, { filter }) {
  yield* chunks(imagesOf(deps, filter).map((image) => runtime.v1.Image.encode(image).finish()));
};

function imagesOf({ images }: Dependencies, filter: ImageFilter | null): Input<Image>[] {
  const reference = filter?.image?.image ?? '';
  return images.list(reference === '' ? undefined : reference).map(fromImage);
}
