import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { DataLossError } from '#errors';
import { algorithmOf } from '../digest.ts';
import { archiveRecordFile, diffDirectory } from '../layout.ts';
import { OPAQUE_NAME } from '../extractor/entry-path.ts';
import { checkEntry, type EntryVerdict } from './entry-check.ts';
import { Pace } from './pace.ts';
import { rebuildArchive } from './rebuild-archive.ts';

/** Problems that are named; all are counted. */
const MAX_NAMED = 20;

export interface LayerVerdict {
  /** What is wrong, at most MAX_NAMED of `problems`. */
  readonly named: readonly string[];
  readonly problems: number;
  readonly files: number;
  readonly bytes: number;
  /** Something could not be looked at: the layer was made by an older davit, or its archive has data that no layer keeps. */
  readonly unproved?: string;
}

/** Whether a layer's directory has what it must, without reading it. */
export function glanceAtLayer(layer: string): LayerVerdict {
  const there = lstatSync(diffDirectory(layer), { throwIfNoEntry: false })?.isDirectory() === true;
  return { named: there ? [] : ['its directory is missing'], problems: there ? 0 : 1, files: 0, bytes: 0 };
}

/**
 * Compares every file of a layer with the archive that it came from: names, owners, modes, attributes one by one, and the data all together: the archive is made again, and must have the diffID.
 * @param bytesPerSecond 0 for as fast as it goes.
 */
export function verifyLayer({ layer, diffID, bytesPerSecond }: { layer: string; diffID: string; bytesPerSecond: number }): LayerVerdict {
  const glance = glanceAtLayer(layer);
  if (glance.problems > 0) return glance;
  if (!existsSync(archiveRecordFile(layer))) return { ...glance, unproved: 'it has no record of its archive' };
  const wrong = new Map<string, string>();
  const note = (path: string, problem: string): void => { wrong.set(path, `${JSON.stringify(Buffer.from(path, 'latin1').toString())}: ${problem}`); };
  const algorithm = algorithmOf(diffID);
  const hash = createHash(algorithm);
  const pace = new Pace(bytesPerSecond);
  const whiteouts = new Set<string>();
  let [files, bytes, hasOpaque] = [0, 0, false];
  let verdict: EntryVerdict | undefined;
  try {
    const { lost } = rebuildArchive(layer, {
      onBytes: (piece) => { hash.update(piece); bytes += piece.length; pace.spend(piece.length); },
      onEntry: (entry, stack) => {
        files++;
        verdict = checkEntry(entry, stack);
        hasOpaque ||= entry.path.endsWith(OPAQUE_NAME);
        if (!verdict) return;
        if (verdict.whiteout) whiteouts.add(verdict.path);
        // What came later in the archive is what counts.
        if (verdict.problem === undefined) wrong.delete(verdict.path);
        else note(verdict.path, verdict.problem);
      },
      // By its real path, as above: the archive may give one file several names ('f', './f').
      onBadFile: (entry, problem) => {
        const path = verdict?.path ?? entry.path;
        if (!wrong.has(path)) note(path, problem);
      },
    });
    // The extractor drops those below opaque directories, which hide everything anyway.
    if (hasOpaque) for (const path of whiteouts) wrong.delete(path);
    if (lost !== undefined) return { ...summary(wrong, files, bytes), unproved: lost };
    if (wrong.size === 0 && `${algorithm}:${hash.digest('hex')}` !== diffID) note('', 'the data of a file is not what it was');
  } catch (error) {
    if (!(error instanceof DataLossError)) throw error;
    note('', error.message);
  }
  return summary(wrong, files, bytes);
}

function summary(wrong: ReadonlyMap<string, string>, files: number, bytes: number): LayerVerdict {
  return { named: [...wrong.values()].slice(0, MAX_NAMED), problems: wrong.size, files, bytes };
}
