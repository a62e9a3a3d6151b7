/** ImageSpec, both ways: messages and domain have the same shape. */
import type { ImageSpec } from '#oci';
import type { Input, ImageSpec as Message } from '../generated/cri.js';
import { cText, required } from './check.ts';

/** @throws InvalidArgumentError when no image is named */
export function toImageSpec(message: Message | null, at: string): ImageSpec {
  const { image, annotations, userSpecifiedImage, runtimeHandler, imageRef } = required(message, at);
  return { image: cText(required(image, `${at}.image`), `${at}.image`), annotations, userSpecifiedImage, runtimeHandler, imageRef };
}

export function fromImageSpec({ image, annotations, userSpecifiedImage, runtimeHandler, imageRef }: ImageSpec): Input<Message> {
  return { image, annotations, userSpecifiedImage, runtimeHandler, imageRef };
}
