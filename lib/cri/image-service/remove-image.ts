import type { UnaryHandler } from '../handler.ts';
import { requestedImage } from '../convert/image-spec.ts';

export const removeImage: UnaryHandler<'RemoveImage'> = async ({ images, info }, { image }) => {
  await images.remove(requestedImage(info, image));
  return {};
};
