import type { Logger } from '#log';
import { createStorage, type Storage, type StorageOptions } from '#storage';
import type { Config } from '../config/schema.ts';
import { storageOptions } from '../config/storage-options.ts';

/** Opens the store as the configuration says; a limit that the file system cannot keep is told and not fatal. @param cage of extractors */
export async function openStorage({ crio, image }: Config, cage: StorageOptions['cage'], log: Logger): Promise<Storage> {
  const { limits, ignored } = storageOptions(crio.storage_option);
  if (ignored.length > 0) log.warn('storage_option: some have no effect', { options: ignored.join(' ') });
  const storage = await createStorage({ root: crio.root, ...(cage && { cage }), log, writableLimits: limits, ...(image.pull_max_extractors > 0 && { maxExtractors: image.pull_max_extractors }) });
  const { limits: kept, reason } = storage.writableQuota;
  if (!kept && ((limits.bytes ?? 0) > 0 || (limits.inodes ?? 0) > 0)) log.warn('writable layers of containers are not limited', { storage_option: crio.storage_option.join(' '), reason });
  return storage;
}
