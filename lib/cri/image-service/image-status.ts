import type { UnaryHandler } from '../handler.ts';
import { fromImage } from '../convert/image.ts';
import { toImageConfigJson } from '../convert/image-config.ts';
import { requestedImage } from '../convert/image-spec.ts';
import { toVerboseInfo } from '../convert/verbose.ts';

/** An image that is absent is an answer without one, not an error. */
export const imageStatus: UnaryHandler<'ImageStatus'> = ({ images, info: runtime }, { image, verbose }) => {
  const found = images.resolve(requestedImage(runtime, image));
  if (found === undefined) return {};
  const { config, chainIDs } = found;
  return { image: fromImage(found), info: toVerboseInfo(verbose, () => ({ info: { labels: config.labels, chainIDs, imageSpec: toImageConfigJson(config) } })) };
};
