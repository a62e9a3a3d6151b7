import type { UnaryHandler } from '../handler.ts';
import { toAuth } from '../convert/image.ts';
import { requestedImage } from '../convert/image-spec.ts';

export const pullImage: UnaryHandler<'PullImage'> = async ({ images, info }, { image, auth: authMessage, sandboxConfig }, { signal }) => {
  const auth = toAuth(authMessage);
  const namespace = sandboxConfig?.metadata?.namespace ?? '';
  const { imageId } = await images.pull(requestedImage(info, image), { ...auth && { auth }, ...namespace !== '' && { namespace }, signal });
  return { imageRef: imageId };
};
