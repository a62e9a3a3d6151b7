/**
 * A process for the storage's blocking work: takes jobs one after another from job-worker.ts, ends when the daemon
 * lets go of it, and dies with the daemon: nobody works on the store beside the next one.
 */
import type { Database } from 'better-sqlite3';
import { realpathSync } from 'node:fs';
import { withReserve } from '#fs';
import { dieWithParent, releaseUnusedMemory } from '#linux';
import { layerDirectory, type Layout } from '../layout.ts';
import { toRemoteError, type RemoteError } from '../remote-error.ts';
import { commitImage, completeLayers } from './commit.ts';
import { exportLayer } from './export-layer.ts';
import type { JobName, Jobs } from './jobs.ts';
import { measureTree } from './measure.ts';
import { makeDirectories, openStore } from './open.ts';
import { deleteLayers, deleteUnnamedManifests, writeImage } from './records.ts';
import { releasePrivate } from './private-mount.ts';
import { openDatabase } from './schema.ts';
import { copyShifted } from './shifted-copy.ts';
import { emptyTrash, moveAllToTrash } from './trash.ts';
import { glanceAtLayer, verifyLayer } from './verify-layer.ts';

export interface JobRequest { readonly id: number; readonly name: JobName; readonly input: unknown }
export type JobAnswer = { readonly id: number } & ({ readonly output: unknown } | { readonly error: RemoteError });

dieWithParent(Number(process.argv[2]));
serve();

function serve(): void {
  let database: Database | undefined;
  const open = (layout: Layout): Database => database ??= openDatabase(layout.database);
  const jobs: Jobs = {
    open: ({ layout }) => withReserve(layout.reserve, () => { makeDirectories(layout); return openStore(layout, open(layout)); }),
    complete: ({ plan }) => { completeLayers(plan); },
    commit: async ({ layout, plan }) => { await commitImage(layout, open(layout), plan); return undefined; },
    update: ({ layout, image }) => { withReserve(layout.reserve, () => open(layout).transaction(() => writeImage(open(layout), image))()); },
    forget: ({ layout, plan }) => {
      const forget = open(layout).transaction(() => {
        if (plan.imageId !== undefined) open(layout).prepare('DELETE FROM images WHERE id = ?').run(plan.imageId);
        deleteLayers(open(layout), plan.chainIDs);
        deleteUnnamedManifests(open(layout));
      });
      withReserve(layout.reserve, forget);
    },
    discard: ({ layout, chainIDs }) => { withReserve(layout.reserve, () => moveAllToTrash(layout, chainIDs.map((chainID) => layerDirectory(layout, chainID)))); },
    getManifest: ({ layout, digest }) => open(layout).prepare('SELECT data FROM blobs WHERE digest = ?').pluck().get(digest) as Uint8Array | undefined,
    release: ({ layout }) => { database?.close(); database = undefined; releasePrivate(realpathSync(layout.root)); },
    checkIndex: ({ layout }) => (open(layout).pragma('quick_check') as { quick_check: string }[]).map((row) => row.quick_check).filter((text) => text !== 'ok'),
    glance: ({ layer }) => glanceAtLayer(layer),
    verify: (input) => verifyLayer(input),
    exportLayer: (input) => exportLayer(input),
    emptyTrash: ({ layout }) => { emptyTrash(layout); },
    copyShifted: ({ from, to, uids, gids }) => { copyShifted(from, to, { uids, gids }); },
    measure: ({ directory }) => measureTree(directory) ?? { bytes: 0, inodes: 0 },
  };
  let tail = Promise.resolve();
  process.on('message', (request: JobRequest) => {
    tail = tail.then(async () => {
      // Without a daemon nobody wants the answer, and this process is about to die with it.
      process.send?.(await answer(jobs, request), undefined, undefined, () => undefined);
    });
  });
  // Half of this process is program text that only its start needed, and it may wait for jobs as long as it works. What cannot be given back stays.
  tail = releaseUnusedMemory().then(() => undefined, () => undefined);
  process.once('disconnect', () => { void tail.then(() => database?.close()); });
}

async function answer(jobs: Jobs, { id, name, input }: JobRequest): Promise<JobAnswer> {
  try {
    return { id, output: await jobs[name](input as never) };
  } catch (error) {
    return { id, error: toRemoteError(error) };
  }
}
