import { FailedPreconditionError } from '#errors';
import type { Mount, SecurityProfile, SELinuxOptions } from '../config.ts';
import type { SpecAdjustment } from './adjustment.ts';

/**
 * The AppArmor profile of the process; undefined leaves it unconfined. Who asks for none gets the default one where there is one, as from every runtime
 * (https://kubernetes.io/docs/tutorials/security/apparmor/).
 * @throws FailedPreconditionError when one is asked for and the kernel has no AppArmor.
 */
export function apparmorProfile(
  profile: SecurityProfile | undefined, privileged: boolean, host: { readonly apparmor: boolean; readonly apparmorDefaultProfile?: string },
): { profile: string | undefined; adjustments: SpecAdjustment[] } {
  if (profile?.profileType === 'unconfined' || privileged) return { profile: undefined, adjustments: [] };
  if (!profile) return { profile: host.apparmor ? host.apparmorDefaultProfile : undefined, adjustments: [] };
  const name = profile.profileType === 'localhost' ? profile.localhostRef.replace(/^localhost\//, '') : host.apparmorDefaultProfile;
  if (!host.apparmor) throw new FailedPreconditionError(`AppArmor profile '${name ?? 'runtime/default'}' is asked for, but this node's kernel has no AppArmor`);
  if (name !== undefined) return { profile: name, adjustments: [] };
  return { profile: undefined, adjustments: [{ key: 'apparmor', message: 'no default AppArmor profile is loaded: containers that ask for the runtime\'s default run without one' }] };
}

/** Of a container's process, and of the files that the runtime makes for it. */
export interface SELinuxLabels { readonly process: string; readonly files: string }

/** What container-selinux's policy calls containers: parts that a pod leaves out. */
const DEFAULT_CONTEXT = { user: 'system_u', role: 'system_r', type: 'container_t', level: 's0' } as const;
const FILE_CONTEXT = { role: 'object_r', type: 'container_file_t' } as const;

/**
 * SELinux labels need a kernel with SELinux. Many charts (network agents, storage drivers) name one for the nodes that have it,
 * so on others it is passed over with a word, as every runtime does, instead of keeping those pods from running (ADR 21). A privileged container has none.
 * @throws FailedPreconditionError when a label is asked for, the kernel has no SELinux, and the node's configuration says that this is refused.
 */
export function selinuxLabels(
  options: SELinuxOptions | undefined, privileged: boolean, { selinux, refused }: { readonly selinux: boolean; readonly refused: boolean },
): { labels: SELinuxLabels | undefined; adjustments: SpecAdjustment[] } {
  if (privileged || !options || [options.user, options.role, options.type, options.level].every((p) => p === '')) return { labels: undefined, adjustments: [] };
  if (!selinux && refused) throw new FailedPreconditionError(`SELinux options '${spelled(options)}' are asked for, but SELinux is off on this node (selinux_unavailable = "refuse")`);
  if (!selinux) return { labels: undefined, adjustments: [{ key: 'selinux', message: 'SELinux is off on this node: SELinux options of pods have no effect' }] };
  const part = (name: keyof SELinuxOptions): string => options[name] === '' ? DEFAULT_CONTEXT[name] : options[name];
  return { labels: { process: [part('user'), part('role'), part('type'), part('level')].join(':'), files: [part('user'), FILE_CONTEXT.role, FILE_CONTEXT.type, part('level')].join(':') }, adjustments: [] };
}

/** As a label, with * for what is left out. */
function spelled({ user, role, type, level }: SELinuxOptions): string {
  return [user, role, type, level].map((part) => part || '*').join(':');
}

/** davit writes no labels into volumes: their files have to have the right one. */
export function relabelAdjustments(mounts: readonly Pick<Mount, 'selinuxRelabel'>[], host: { readonly selinux: boolean }): SpecAdjustment[] {
  if (!host.selinux || !mounts.some((m) => m.selinuxRelabel)) return [];
  return [{ key: 'selinuxRelabel', message: 'volumes are not relabelled for SELinux: containers with a label see only files that their policy allows' }];
}
