import type { UnaryHandler } from '../handler.ts';
import { fromFilesystem } from '../convert/stats.ts';

/** Images and writable layers are on one file system. From memory: clients probe with this call. */
export const imageFsInfo: UnaryHandler<'ImageFsInfo'> = ({ images }) => {
  const { mountpoint, usedBytes, inodesUsed, timestampMs } = images.fsInfo();
  const usage = fromFilesystem({ mountpoint, usedBytes: BigInt(usedBytes), inodesUsed: BigInt(inodesUsed) }, BigInt(timestampMs) * 1_000_000n);
  return { imageFilesystems: [usage], containerFilesystems: [usage] };
};
