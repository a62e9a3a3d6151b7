/** What of a container's mounts davit makes itself: the trees of images, and mounts with mapped ids for runtimes that cannot map. */
import { mkdir, open, rmdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DavitError, errnoOf, errorText, FailedPreconditionError, InternalError, InvalidArgumentError, NotFoundError, UnknownError } from '#errors';
import type { ImageView } from '#image';
import { idMappedBind, unmountAsync } from '#linux';
import type { ContainerConfig, IdMapping, Mount, MountMaker } from '#oci';
import { idMappingsOf } from '#oci';
import type { IdMap } from '#storage';
import type { PodContext } from './context.ts';
import { namesIn } from './names-in.ts';
import type { PodRecord } from './record.ts';

/** How the ids of a pod's user namespace are mapped, for storage; undefined when it has the node's. */
export function idMapOf({ config, namespaces }: PodRecord): IdMap | undefined {
  const mappings = idMappingsOf(config.linux.securityContext.namespaceOptions);
  if (!mappings) return undefined;
  if (namespaces.user === undefined) throw new InternalError('map ids: the pod has no pinned user namespace');
  return { userNamespace: namespaces.user, ...mappings };
}

/**
 * The container's mounts with each image as it is known here: clients read `image.imageRef` in the status.
 * @throws UnknownError ImageVolumeMountFailed, which kubelet knows, for an image that is not on this node.
 */
export function mountsWithImages(context: PodContext, config: ContainerConfig): Mount[] {
  return config.mounts.map((mount) => (mount.image ? { ...mount, image: { ...mount.image, imageRef: imageOf(context, mount).id } } : mount));
}

/** Makes them for one container. */
export function mountMaker(context: PodContext, pod: PodRecord, containerId: string): MountMaker {
  const idMap = idMapOf(pod);
  let made = 0;
  return {
    image: async (mount) => {
      const { chainIDs } = imageOf(context, mount);
      try {
        return await context.storage.volumes.mount(containerId, chainIDs, { signal: new AbortController().signal, ...(mount.imageSubPath !== '' && { subPath: mount.imageSubPath }), ...(idMap && { idMap }) });
      } catch (error) {
        throw imageVolumeFailure(mount, error);
      }
    },
    idMapped: async (mount, source) => {
      checkMapping(mount, idMap);
      const directory = idMappedDirectory(context, containerId);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      return bindMapped(mount, source, join(directory, String(made++)), idMap);
    },
  };
}

/**
 * Takes the mounts with mapped ids away; the container has copies of its own from the moment it is created. Idempotent.
 * Nothing is ever removed recursively here: these directories are volumes as long as they are mounted.
 */
export async function removeIdMapped(context: PodContext, containerId: string): Promise<void> {
  const directory = idMappedDirectory(context, containerId);
  for (const name of await namesIn(directory)) {
    const point = join(directory, name);
    await unmountAsync(point, { detach: true }).catch((error: unknown) => { if (errnoOf(error) !== 'EINVAL') throw error; });
    await ((await stat(point)).isDirectory() ? rmdir(point) : unlink(point));
  }
  await rmdir(directory).catch((error: unknown) => { if (errnoOf(error) !== 'ENOENT') throw error; });
}

/** Containers that have such mounts left. */
export async function containersWithIdMapped(context: PodContext): Promise<string[]> {
  return namesIn(join(context.config.runroot, ID_MAPPED));
}

/** Below runroot, away from every directory that is removed with what is in it. */
const ID_MAPPED = 'idmapped';

function idMappedDirectory({ config }: PodContext, containerId: string): string {
  return join(config.runroot, ID_MAPPED, containerId);
}

function imageOf(context: PodContext, mount: Mount): ImageView {
  const name = mount.image?.image ?? '';
  const found = context.images.resolve(name);
  if (!found) throw imageVolumeFailure(mount, new NotFoundError(`image "${name}" is not on this node, pull it first`));
  return found;
}

/** kubelet knows the text before the colon (cri-api pkg/errors); what is wrong with the request itself stays that. */
function imageVolumeFailure(mount: Mount, error: unknown): DavitError {
  if (error instanceof InvalidArgumentError) return error;
  return new UnknownError(`ImageVolumeMountFailed: mount image "${mount.image?.image ?? ''}" at "${mount.containerPath}": ${errorText(error)}`, { cause: error });
}

function checkMapping(mount: Mount, idMap: IdMap | undefined): asserts idMap is IdMap {
  const same = (a: readonly IdMapping[], b: readonly IdMapping[] = []): boolean => a.length === b.length && a.every((m, i) => m.hostId === b[i]?.hostId && m.containerId === b[i].containerId && m.length === b[i].length);
  if (idMap && same(mount.uidMappings, idMap.uids) && same(mount.gidMappings, idMap.gids)) return;
  throw new InvalidArgumentError(`mount "${mount.hostPath}" at "${mount.containerPath}": uidMappings and gidMappings must be those of the pod's user namespace${idMap ? '' : ', and it has none'}`);
}

async function bindMapped(mount: Mount, source: string, point: string, idMap: IdMap): Promise<string> {
  if ((await stat(source)).isDirectory()) await mkdir(point, { mode: 0o700 });
  else await (await open(point, 'wx', 0o600)).close();
  try {
    idMappedBind(source, point, idMap.userNamespace, { recursive: true });
  } catch (error) {
    throw new FailedPreconditionError(`mount "${mount.hostPath}" at "${mount.containerPath}": kernel or file system cannot map its ids: ${errorText(error)}`, { cause: error });
  }
  return point;
}
