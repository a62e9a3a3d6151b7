import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { DataLossError, FailedPreconditionError } from '#errors';
import { algorithmOf } from '../digest.ts';
import { rebuildArchive } from './rebuild-archive.ts';

/**
 * Writes a layer's archive, uncompressed, as it was when it came: its digest is the diffID. The file is there whole or not at all. Returns its size.
 * @throws DataLossError for a damaged layer; FailedPreconditionError for one whose archive had data that no layer keeps.
 */
export function exportLayer({ layer, diffID, file }: { layer: string; diffID: string; file: string }): number {
  const half = `${file}.half`;
  const fd = openSync(half, 'w', 0o644);
  try {
    const algorithm = algorithmOf(diffID);
    const hash = createHash(algorithm);
    let size = 0;
    let bad: DataLossError | undefined;
    const { lost } = rebuildArchive(layer, {
      onBytes: (bytes) => {
        if (bad) return;
        hash.update(bytes);
        for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
        size += bytes.length;
      },
      // No matter where the archive cannot be made again: of what was replaced in it all may not be known.
      onBadFile: (entry, problem) => { bad ??= new DataLossError(`export layer ${diffID}: ${JSON.stringify(entry.path)}: ${problem}`); },
    });
    if (lost !== undefined) throw new FailedPreconditionError(`export layer ${diffID}: ${lost}, which is gone`);
    if (bad) throw bad;
    const got = `${algorithm}:${hash.digest('hex')}`;
    if (got !== diffID) throw new DataLossError(`export layer ${diffID}: a file of it is damaged, what came out is ${got}; davit check --full --repair`);
    renameSync(half, file);
    return size;
  } finally {
    closeSync(fd);
    rmSync(half, { force: true });
  }
}
