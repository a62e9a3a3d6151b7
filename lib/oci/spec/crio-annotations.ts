/** What pods ask of CRI-O by annotations, where their handler allows it: a node that had CRI-O finds the cheap ones here, and the others refused by name. */
import { InvalidArgumentError, UnimplementedError } from '#errors';

export interface CrioWishes {
  /** Of every process of the pod's containers. */
  readonly umask?: number;
  /** Of the pod's /dev/shm. */
  readonly shmSizeBytes?: number;
}

/** Both of CRI-O's spellings, the present one first: it wins. */
const HONOURED = { umask: ['umask.crio.io', 'io.kubernetes.cri-o.umask'], shmSize: ['shm-size.crio.io', 'io.kubernetes.cri-o.ShmSize'] } as const;

/** What davit does not do. Below a name a container's may stand: `unified-cgroup.crio.io/web`. */
const REFUSED: readonly string[] = [
  'cgroup2-mount-hierarchy-rw', 'cpu-c-states', 'cpu-freq-governor', 'cpu-load-balancing', 'cpu-quota', 'cpu-shared', 'devices', 'disable-fips', 'irq-load-balancing', 'link-logs', 'platform-runtime-path',
  'seccomp-notifier-action', 'seccomp-profile', 'spoofed', 'try-skip-volume-selinux-label', 'unified-cgroup', 'userns-mode',
].map((name) => `${name}.crio.io`).concat([
  'cgroup2-mount-hierarchy-rw', 'Devices', 'LinkLogs', 'PlatformRuntimePath', 'seccompNotifierAction', 'Spoofed', 'TrySkipVolumeSELinuxLabel', 'UnifiedCgroup', 'userns-mode',
].map((name) => `io.kubernetes.cri-o.${name}`));

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1], ['k', 1e3], ['M', 1e6], ['G', 1e9], ['T', 1e12], ['Ki', 2 ** 10], ['Mi', 2 ** 20], ['Gi', 2 ** 30], ['Ti', 2 ** 40],
]);

/**
 * @param annotations the pod's @param allowed prefixes, the handler's allowed_annotations: what it does not have is not looked at
 * @throws InvalidArgumentError for a value that is none, UnimplementedError for what is allowed here and not done by davit
 */
export function crioWishes(annotations: Readonly<Record<string, string>>, allowed: readonly string[]): CrioWishes {
  const isAllowed = (name: string): boolean => allowed.some((prefix) => name.startsWith(prefix));
  const refused = Object.keys(annotations).find((key) => isAllowed(key) && REFUSED.some((name) => key === name || key.startsWith(`${name}/`) || key.startsWith(`${name}.`)));
  if (refused !== undefined) throw new UnimplementedError(`annotation '${refused}': the handler allows it, but davit does not do what it asks for`);
  const given = (names: readonly string[]): string | undefined => names.find((name) => isAllowed(name) && annotations[name] !== undefined);
  const [umask, shmSize] = [given(HONOURED.umask), given(HONOURED.shmSize)];
  return {
    ...(umask !== undefined && { umask: parseUmask(umask, annotations[umask] ?? '') }),
    ...(shmSize !== undefined && { shmSizeBytes: parseSize(shmSize, annotations[shmSize] ?? '') }),
  };
}

function parseUmask(name: string, text: string): number {
  if (!/^0?[0-7]{1,3}$/.test(text)) throw new InvalidArgumentError(`annotation '${name}': '${text}' is no umask, expected up to three octal digits such as 022`);
  return Number.parseInt(text, 8);
}

/** A Kubernetes quantity of whole units. */
function parseSize(name: string, text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15})([A-Za-z]{0,2})$/.exec(text) ?? [];
  const factor = UNITS.get(unit);
  const bytes = Number(digits) * (factor ?? Number.NaN);
  if (digits === undefined || !Number.isSafeInteger(bytes) || bytes === 0) throw new InvalidArgumentError(`annotation '${name}': '${text}' is no size, expected one such as 128Mi`);
  return bytes;
}
