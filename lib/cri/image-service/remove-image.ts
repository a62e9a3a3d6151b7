import type { UnaryHandler } from '../handler.ts';
import { toImageSpec } from '../convert/image-spec.ts';

export const removeImage: UnaryHandler<'RemoveImage'> = async ({ images }, { image }) => {
  await images.remove(toImageSpec(image, 'image').image);
  return {};
};
