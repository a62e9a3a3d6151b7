/** ImageSpec, both ways: messages and domain have the same shape. */
import { InvalidArgumentError } from '#errors';
import type { ImageSpec } from '#oci';
import type { RuntimeInfo } from '../info.ts';
import type { Input, ImageSpec as Message } from '../generated/cri.js';
import { cText, required } from './check.ts';

/** @throws InvalidArgumentError when no image is named */
export function toImageSpec(message: Message | null, at: string): ImageSpec {
  const { image, annotations, userSpecifiedImage, runtimeHandler, imageRef } = required(message, at);
  return { image: cText(required(image, `${at}.image`), `${at}.image`), annotations, userSpecifiedImage, runtimeHandler, imageRef };
}

/** The image that a call is about. @throws InvalidArgumentError when none is named, or for a handler that does not exist */
export function requestedImage(info: RuntimeInfo, message: Message | null): string {
  const { image, runtimeHandler } = toImageSpec(message, 'image');
  checkHandler(info, runtimeHandler, 'image.runtime_handler');
  return image;
}

/** Handlers share all images: one that exists changes nothing. @throws InvalidArgumentError for one that does not */
export function checkHandler(info: RuntimeInfo, runtimeHandler: string, at: string): void {
  if (runtimeHandler === '' || info.handlers().some(({ name }) => name === runtimeHandler)) return;
  throw new InvalidArgumentError(`${at}: ${JSON.stringify(runtimeHandler)} is not configured, expected ${info.handlers().map(({ name }) => JSON.stringify(name)).join(' or ')}`);
}

export function fromImageSpec({ image, annotations, userSpecifiedImage, runtimeHandler, imageRef }: ImageSpec): Input<Message> {
  return { image, annotations, userSpecifiedImage, runtimeHandler, imageRef };
}
