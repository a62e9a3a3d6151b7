import { throwIfAborted } from '#async';
import { DavitError, errnoOf, errorOfCode, errorText, InternalError, InvalidArgumentError, NotFoundError, UnavailableError } from '#errors';
import { ProgressTracker } from '../pull/progress.ts';
import type { PullProgress } from '../pull/progress.ts';
import { bringImage } from '../pull/commit-image.ts';
import type { PullContext } from '../pull/pull-context.ts';
import { parseReference, repositoryOf } from '../reference.ts';
import { checkArchivePolicy } from '../signature/check-archive.ts';
import { loadPolicy } from '../signature/load-policy.ts';
import type { ArchivedImage } from './archived-image.ts';
import { openImageArchive } from './open-archive.ts';
import type { ImageArchive } from './open-archive.ts';
import { stageArchivedLayer } from './stage-archived-layer.ts';

export interface LoadRequest {
  /** A plain tar archive or a directory, as this process finds it. */
  readonly path: string;
  /** What messages and the signature policy call it. */
  readonly label: string;
  /** Instead of the names that the archive says; only for an archive of one image. */
  readonly name?: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

export interface LoadedImage { readonly imageId: string; readonly names: readonly string[] }

/** Loads of archives under way. */
export class LoadsInFlight {
  readonly #context: PullContext;
  readonly #closing = new AbortController();
  readonly #running = new Map<ProgressTracker, Promise<void>>();

  constructor(context: PullContext) {
    this.#context = context;
  }

  /** Yields each image when it is recorded; one that fails ends the load, and those before it stay. */
  async *load(request: LoadRequest): AsyncGenerator<LoadedImage> {
    const signal = AbortSignal.any([request.signal, this.#closing.signal]);
    using progress = new ProgressTracker(request.label);
    if (request.onProgress) progress.listen(request.onProgress);
    const ended = Promise.withResolvers<void>();
    this.#running.set(progress, ended.promise);
    try {
      yield* loadImages({ ...request, signal }, this.#context, progress);
      progress.enter('done');
    } catch (error) {
      throwIfAborted(signal, `load images from ${JSON.stringify(request.label)}`);
      throw loadError(request.label, error);
    } finally {
      this.#running.delete(progress);
      ended.resolve();
    }
  }

  progress(): PullProgress[] {
    return [...this.#running.keys()].map((tracker) => tracker.snapshot());
  }

  /** Cancels what is under way and waits for its end. */
  async stop(): Promise<void> {
    this.#closing.abort(new UnavailableError('the daemon is stopping'));
    await Promise.all(this.#running.values());
  }
}

async function* loadImages({ path, label, name, signal }: LoadRequest, context: PullContext, progress: ProgressTracker): AsyncGenerator<LoadedImage> {
  context.storage.layers.prepare();
  await using archive = await openImageArchive(path, context.platform, signal);
  if (name !== undefined && archive.images.length !== 1) throw new InvalidArgumentError(`it has ${archive.images.length} images; a name can be given to one only`);
  const policy = context.policy && await loadPolicy(context.policy);
  if (policy) checkArchivePolicy(policy, archive.kind, label);
  for (const image of archive.images) yield await loadImage(name === undefined ? image : { ...image, names: [name] }, archive, { context, label, progress, signal });
}

async function loadImage(image: ArchivedImage, { files }: ImageArchive, { context, label, progress, signal }: { context: PullContext; label: string; progress: ProgressTracker; signal: AbortSignal }): Promise<LoadedImage> {
  const layers = new Map(image.layers.map((layer) => [layer.descriptor, layer]));
  const { names, digests } = referencesOf(image);
  const record = await bringImage(
    { what: names[0] ?? label, config: image.config, manifest: image.manifest, layers: [...layers.keys()], names, digests },
    async ({ layer, diffID }, state, alone) => {
      const archived = layers.get(layer);
      if (!archived) throw new InternalError(`layer ${layer.digest} is not of this archive`);
      state.endpoint = label;
      return stageArchivedLayer(archived, diffID, files, context, state, alone);
    },
    context, progress, signal,
  );
  return { imageId: record.id, names: [...names, ...digests] };
}

/** What the image will be known by. With a digest of a registry, the repository's name with it is as true as if it had been pulled. */
function referencesOf({ names, topDigest }: ArchivedImage): { names: string[]; digests: string[] } {
  const references = names.map(parseReference);
  return {
    names: references.flatMap((r) => (r.tag === undefined ? [] : [`${repositoryOf(r)}:${r.tag}`])),
    digests: topDigest === undefined ? [] : [...new Set(references.map((r) => `${repositoryOf(r)}@${topDigest}`))],
  };
}

function loadError(label: string, error: unknown): Error {
  const text = `load images from ${JSON.stringify(label)}: ${errorText(error)}`;
  if (error instanceof DavitError) return errorOfCode(error.code, text, { cause: error });
  return errnoOf(error) === 'ENOENT' ? new NotFoundError(text, { cause: error }) : new InternalError(text, { cause: error });
}
