/** Classes of block IO and of RDT, which pods ask for by annotation as for other runtimes. */
import { errorText, FailedPreconditionError, UnimplementedError } from '#errors';
import type { ContainerConfig, PodSandboxConfig } from '../config.ts';
import { readData } from '../read-data.ts';
import type { BlockIo } from '../spec/types.ts';
import { blockIoClass } from './classes.ts';

interface Asking {
  readonly config: Pick<ContainerConfig, 'annotations' | 'metadata'>;
  readonly sandbox: Pick<PodSandboxConfig, 'annotations'>;
}

/**
 * The limits of the block IO class that a container is to have; undefined when none is asked for.
 * @param file blockio_config_file, read anew each time; '' for none.
 * @throws FailedPreconditionError when the node has no such class, UnimplementedError for a class of RDT.
 */
export async function wantedBlockIo(asking: Asking, file: string): Promise<BlockIo | undefined> {
  const rdt = wantedClass(asking, 'rdt');
  if (rdt !== undefined) throw new UnimplementedError(`RDT class '${rdt}': davit does not manage resctrl`);
  const name = wantedClass(asking, 'blockio');
  if (name === undefined) return undefined;
  if (file === '') throw new FailedPreconditionError(`block IO class '${name}': blockio_config_file is not set on this node`);
  const found = await readData(file).then((data) => blockIoClass(data, name)).catch((error: unknown) => { throw new FailedPreconditionError(`block IO class '${name}': '${file}': ${errorText(error)}`, { cause: error }); });
  if (!found) throw new FailedPreconditionError(`block IO class '${name}': '${file}' has no such class`);
  return found;
}

/** The container's own annotation, then the pod's for the container, then the pod's for all of its containers; '' is none. */
export function wantedClass({ config, sandbox }: Asking, kind: 'blockio' | 'rdt'): string | undefined {
  const onPod = `${kind}.resources.beta.kubernetes.io`;
  const name = config.annotations[`io.kubernetes.cri.${kind}-class`] ?? sandbox.annotations[`${onPod}/container.${config.metadata.name}`] ?? sandbox.annotations[`${onPod}/pod`];
  return name === '' ? undefined : name;
}
