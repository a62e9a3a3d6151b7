import { FailedPreconditionError } from '#errors';
import type { SecurityProfile, SELinuxOptions } from '../config.ts';
import type { SpecAdjustment } from './adjustment.ts';

/**
 * The AppArmor profile of the process; undefined leaves it unconfined.
 * @throws FailedPreconditionError when one is asked for and the kernel has no AppArmor.
 */
export function apparmorProfile(
  profile: SecurityProfile | undefined, privileged: boolean, host: { readonly apparmor: boolean; readonly apparmorDefaultProfile?: string },
): { profile: string | undefined; adjustments: SpecAdjustment[] } {
  if (!profile || profile.profileType === 'unconfined' || privileged) return { profile: undefined, adjustments: [] };
  const name = profile.profileType === 'localhost' ? profile.localhostRef.replace(/^localhost\//, '') : host.apparmorDefaultProfile;
  if (!host.apparmor) throw new FailedPreconditionError(`AppArmor profile '${name ?? 'runtime/default'}' is asked for, but this node's kernel has no AppArmor`);
  if (name !== undefined) return { profile: name, adjustments: [] };
  return { profile: undefined, adjustments: [{ key: 'apparmor', message: 'no default AppArmor profile is loaded: containers that ask for the runtime\'s default run without one' }] };
}

/**
 * SELinux labels need a kernel with SELinux. Many charts (network agents, storage drivers) name one for the nodes that have it,
 * so on others it is passed over with a word in the log, as every runtime does, instead of keeping those pods from running.
 */
export function selinuxLabel(options: SELinuxOptions | undefined, host: { readonly selinux: boolean }): { label: string | undefined; adjustments: SpecAdjustment[] } {
  const parts = options ? [options.user, options.role, options.type, options.level] : [];
  if (parts.every((p) => p === '')) return { label: undefined, adjustments: [] };
  if (host.selinux) return { label: parts.join(':'), adjustments: [] };
  return { label: undefined, adjustments: [{ key: 'selinux', message: 'SELinux is off on this node: SELinux options of pods have no effect' }] };
}
