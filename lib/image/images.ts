import { KeyedQueue, Semaphore } from '#async';
import { errorText, UnavailableError } from '#errors';
import type { Logger } from '#log';
import type { Storage } from '#storage';
import type { HelperRunner } from './credentials/credential-helper.ts';
import { LoadsInFlight } from './archive/loads.ts';
import type { LoadedImage, LoadRequest } from './archive/loads.ts';
import { findImage } from './find-image.ts';
import { ImageViews } from './image-view.ts';
import type { ImageView } from './image-view.ts';
import { DEFAULT_PULL_LIMITS } from './limits.ts';
import type { PullLimits } from './limits.ts';
import { manifestAnnotations } from './manifest/manifest.ts';
import { hostPlatform } from './platform.ts';
import { LayersInFlight } from './pull/layers-in-flight.ts';
import type { PullProgress } from './pull/progress.ts';
import type { PullContext } from './pull/pull-context.ts';
import type { NamespaceDirectories } from './pull/namespace-rules.ts';
import { PullsInFlight } from './pull/pulls-in-flight.ts';
import type { PullRequest } from './pull/pulls-in-flight.ts';
import { ParallelRanges } from './pull/parallel-ranges.ts';
import { PartialBlobs } from './pull/partial-blobs.ts';
import type { PartialBlobsOptions } from './pull/partial-blobs.ts';
import { RateLimit } from './pull/rate-limit.ts';
import type { RegistriesConfig } from './registries/registries-config.ts';
import { BlockPool } from './registry/block-pool.ts';
import { HostHealth } from './registry/host-health.ts';
import type { ProxySettings } from './registry/proxy.ts';
import type { PolicyFile } from './signature/load-policy.ts';
import { Transport } from './registry/transport.ts';
import { CertificateStore } from './registry/trust.ts';

export interface ImagesOptions {
  readonly storage: Storage;
  readonly registries: RegistriesConfig;
  /** Patterns of crio.conf's `pinned_images`. */
  readonly pinned?: readonly string[];
  /** Files of containers-auth.json's or Docker's format, in the order to look into them; read anew for each pull. */
  readonly authFiles?: readonly string[];
  /** Absent: credential helpers are not asked. */
  readonly helperRunner?: HelperRunner;
  /** Directories of containers-certs.d(5), the first that has a host counts. */
  readonly certsDirs?: readonly string[];
  readonly proxies?: ProxySettings;
  /** containers-policy.json(5), read anew for each pull. Absent: every image may be pulled. */
  readonly signaturePolicy?: PolicyFile;
  /** Policies and credentials of pods' namespaces; absent: the node's count for all. */
  readonly namespaces?: NamespaceDirectories;
  /** Where what came of large layers is kept until they are complete; absent: nowhere. */
  readonly partials?: Omit<PartialBlobsOptions, 'log'>;
  readonly log: Logger;
  readonly limits?: Partial<PullLimits>;
}

export interface FilesystemInfo { readonly mountpoint: string; readonly usedBytes: number; readonly inodesUsed: number; readonly timestampMs: number }

/** The images of this node. Everything but `pull` and `remove` answers from memory. */
export interface Images extends AsyncDisposable {
  /**
   * Pulls an image; equal requests share one pull, which ends when the last of them has left.
   * @throws InvalidArgumentError for a reference that is none, NotFoundError, FailedPreconditionError (credentials, blocked), DataLossError (wrong
   * digest, size or document), UnknownError beginning with `RegistryUnavailable: ` when no endpoint answered.
   */
  pull(reference: string, request: PullRequest): Promise<{ imageId: string }>;
  /**
   * Loads the images of an archive (`docker save`, OCI) or of an OCI image layout; yields each when it is recorded. One that fails ends the load, and those before it stay.
   * @throws InvalidArgumentError, NotFoundError, DataLossError (malformed, incomplete, wrong digest); UnknownError beginning with `SignatureValidationFailed: `
   */
  load(request: LoadRequest): AsyncIterable<LoadedImage>;
  /** By name, `name:tag`, `name@digest`, id or unique id prefix. */
  resolve(referenceOrId: string): ImageView | undefined;
  /** What an image's manifest says beside its config; read from the disk. Empty when there is no such image, or an older davit did not keep its manifest. */
  annotations(id: string): Promise<Readonly<Record<string, string>>>;
  /** All images in the order of their ids, or the one that `filterReference` means. */
  list(filterReference?: string): ImageView[];
  /** Removes the image with all its names; gone when this returns. Success when there is none. */
  remove(referenceOrId: string): Promise<void>;
  fsInfo(): FilesystemInfo;
  /** Pulls and loads under way. */
  progress(): PullProgress[];
}

/** Disposing cancels the pulls under way, waits for their end and closes connections; the storage stays open. */
export function createImages(options: ImagesOptions): Images {
  const { storage, registries, log } = options;
  for (const warning of registries.warnings) log.warn(warning);
  const limits = { ...DEFAULT_PULL_LIMITS, ...options.limits };
  const records = new KeyedQueue();
  const transport = new Transport(limits, options.proxies);
  const partials = options.partials && new PartialBlobs({ ...options.partials, log });
  partials?.sweep().catch((error: unknown) => log.warn('sweep of partial layers', { error: errorText(error) }));
  const places = new Semaphore(limits.layersInFlight);
  const ranges = new ParallelRanges({ totalBytes: limits.rangesTotalBytes, places, log });
  const context: PullContext = { storage, transport, certificates: new CertificateStore(options.certsDirs ?? []), limits, platform: hostPlatform(), places, ranges, memory: new BlockPool(), rate: new RateLimit(limits.maxBytesPerSecond), partials, flights: new LayersInFlight(), health: new HostHealth(), policy: options.signaturePolicy, records, log };
  const pulls = new PullsInFlight({ context, registries, authFiles: options.authFiles ?? [], helperRunner: options.helperRunner, namespaces: options.namespaces ?? { policies: '', credentials: '' } });
  const loads = new LoadsInFlight(context);
  const views = new ImageViews(options.pinned ?? []);
  let closed = false;

  const resolve = (text: string): ImageView | undefined => {
    const record = findImage(text, storage.images, registries);
    return record && views.view(record);
  };
  return {
    resolve,
    pull: async (reference, request) => {
      if (closed) throw new UnavailableError(`pull image "${reference}": the daemon is stopping`);
      return { imageId: (await pulls.pull(reference, request)).id };
    },
    load: (request) => {
      if (closed) throw new UnavailableError(`load images from "${request.label}": the daemon is stopping`);
      return loads.load(request);
    },
    annotations: async (id) => {
      const record = storage.images.get(id);
      const manifest = record && await storage.images.getManifest(record.manifestDigest);
      return manifest ? manifestAnnotations(manifest) : {};
    },
    list: (filter) => {
      if (filter === undefined || filter === '') return storage.images.list().map((r) => views.view(r)).sort((a, b) => (a.id < b.id ? -1 : 1));
      const found = resolve(filter);
      return found ? [found] : [];
    },
    remove: async (text) => {
      const record = findImage(text, storage.images, registries);
      if (record) await records.run(record.id, async () => { if (storage.images.get(record.id)) await storage.images.remove(record.id); });
    },
    fsInfo: () => {
      const layers = storage.rootfs.fsInfo();
      const { bytes, inodes } = partials?.usage() ?? { bytes: 0, inodes: 0 };
      return { ...layers, usedBytes: layers.usedBytes + bytes, inodesUsed: layers.inodesUsed + inodes };
    },
    progress: () => [...pulls.progress(), ...loads.progress()],
    [Symbol.asyncDispose]: async () => {
      closed = true;
      await Promise.all([pulls.stop(), loads.stop()]);
      transport[Symbol.dispose]();
    },
  };
}
