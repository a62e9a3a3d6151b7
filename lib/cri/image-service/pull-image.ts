import type { UnaryHandler } from '../handler.ts';
import { toAuth } from '../convert/image.ts';
import { requestedImage } from '../convert/image-spec.ts';

export const pullImage: UnaryHandler<'PullImage'> = async ({ images, info }, { image, auth: authMessage }, { signal }) => {
  const auth = toAuth(authMessage);
  const { imageId } = await images.pull(requestedImage(info, image), { ...auth && { auth }, signal });
  return { imageRef: imageId };
};
