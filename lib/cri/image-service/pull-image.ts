import type { UnaryHandler } from '../handler.ts';
import { toAuth } from '../convert/image.ts';
import { toImageSpec } from '../convert/image-spec.ts';

export const pullImage: UnaryHandler<'PullImage'> = async ({ images }, { image, auth: authMessage }, { signal }) => {
  const auth = toAuth(authMessage);
  const { imageId } = await images.pull(toImageSpec(image, 'image').image, { ...auth && { auth }, signal });
  return { imageRef: imageId };
};
