import { FailedPreconditionError, InvalidArgumentError } from '#errors';
import type { ContainerEdits } from './specification.ts';
import type { SpecificationFile } from './specification-files.ts';

/** Container annotations of this prefix name devices too, separated by commas: how device plugins asked before CRI had a field. */
const ANNOTATION_PREFIX = 'cdi.k8s.io/';
/** 'vendor.com/class=device'. */
const DEVICE = /^[^/=\s]+\/[^/=\s]+=[^/=\s]+$/;

/** Names of the devices that a container asks for, each once. @throws InvalidArgumentError for what is no name of a device. */
export function wantedDevices(config: { readonly cdiDevices: readonly string[]; readonly annotations: Readonly<Record<string, string>> }): string[] {
  const annotated = Object.entries(config.annotations).filter(([key]) => key.startsWith(ANNOTATION_PREFIX)).flatMap(([, value]) => value.split(','));
  const names = [...new Set([...config.cdiDevices, ...annotated])];
  for (const name of names) if (!DEVICE.test(name)) throw new InvalidArgumentError(`CDI device '${name}': must be of the form "vendor.com/class=device"`);
  return names;
}

/**
 * The edits for devices, in their order; a specification's own edits come once, before those of its first device.
 * @throws FailedPreconditionError for a device that no file has, or that two files of one directory have.
 */
export function findDevices(names: readonly string[], files: readonly SpecificationFile[]): ContainerEdits[] {
  const used = new Set<SpecificationFile>();
  return names.flatMap((name) => {
    const [kind = '', device = ''] = name.split('=');
    const file = fileOf(name, kind, device, files);
    const own = file.specification?.devices.get(device);
    const common = used.has(file) ? undefined : file.specification?.containerEdits;
    used.add(file);
    return [common, own].filter((edits) => edits !== undefined);
  });
}

function fileOf(name: string, kind: string, device: string, files: readonly SpecificationFile[]): SpecificationFile {
  const having = files.filter(({ specification }) => specification?.kind === kind && specification.devices.has(device));
  const priority = Math.max(...having.map((file) => file.priority));
  const [found, second] = having.filter((file) => file.priority === priority);
  if (!found) throw new FailedPreconditionError(`CDI device '${name}': no specification on this node has it${wrongFiles(files)}`);
  if (second) throw new FailedPreconditionError(`CDI device '${name}': both '${found.path}' and '${second.path}' have it`);
  return found;
}

/** The device may be in one of those. */
function wrongFiles(files: readonly SpecificationFile[]): string {
  const wrong = files.filter(({ error }) => error !== undefined).map(({ path, error }) => `'${path}': ${error ?? ''}`);
  return wrong.length === 0 ? '' : `; not readable: ${wrong.join('; ')}`;
}
