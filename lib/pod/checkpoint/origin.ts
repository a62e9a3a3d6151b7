/** Where a container goes on from. Images can hold a checkpoint: `buildah add` puts an archive's files into an empty one, an annotation of its manifest says so. */
import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import type { ImageView } from '#image';
import type { ContainerConfig } from '#oci';
import type { PodContext } from '../context.ts';

/** An archive's `path`; or the name of an image, whose files are in `tree`. */
export interface CheckpointPlace { readonly path: string; readonly tree?: string }

/** Their value is the name of the container that was checkpointed: the first is podman's, containerd's and newer CRI-O's, the other CRI-O's from before. */
const ANNOTATIONS = ['org.criu.checkpoint.container.name', 'io.kubernetes.cri-o.annotations.checkpoint.name'] as const;

/**
 * The checkpoint that is asked for, readable until disposal; undefined for a container that begins anew. A daemon that dies meanwhile leaves a volume
 * that no root file system uses: the next one removes it.
 * @param archive RestorePod's
 */
export async function originOf(context: PodContext, { image: { image } }: ContainerConfig, archive: string | undefined): Promise<(CheckpointPlace & AsyncDisposable) | undefined> {
  const path = archive ?? image;
  if (isAbsolute(path)) return { path, [Symbol.asyncDispose]: () => Promise.resolve() };
  const found = context.images.resolve(image);
  if (!found || !await holdsCheckpoint(context, found)) return undefined;
  const user = `restore-${randomUUID()}`;
  const tree = await context.storage.volumes.mount(user, found.chainIDs, { signal: new AbortController().signal });
  return { path, tree, [Symbol.asyncDispose]: () => context.storage.volumes.release(user) };
}

/** An image that names a program is no checkpoint, and costs no look at its manifest. */
async function holdsCheckpoint({ images }: PodContext, { id, config }: ImageView): Promise<boolean> {
  if (config.entrypoint.length > 0 || config.cmd.length > 0) return false;
  const annotations = await images.annotations(id);
  return ANNOTATIONS.some((name) => name in annotations);
}
