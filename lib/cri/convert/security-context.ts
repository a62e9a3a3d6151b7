/** Security contexts of pods and containers, from their messages. */
import { InvalidArgumentError } from '#errors';
import type { LinuxContainerSecurityContext, LinuxSandboxSecurityContext, SupplementalGroupsPolicy } from '#oci';
import type { Int64Value, LinuxContainerSecurityContext as ContainerMessage, LinuxSandboxSecurityContext as SandboxMessage } from '../generated/cri.js';
import { cTexts, enumWord } from './check.ts';
import { toNamespaceOptions, toPodNamespaceOptions } from './namespaces.ts';
import { toId } from './number.ts';
import { toApparmor, toSeccomp } from './security-profile.ts';

const GROUPS_POLICIES: readonly SupplementalGroupsPolicy[] = ['merge', 'strict'];

export function toSandboxSecurityContext(message: SandboxMessage | null, at: string): LinuxSandboxSecurityContext {
  if (message === null) {
    return { namespaceOptions: toNamespaceOptions(null, at), readonlyRootfs: false, supplementalGroups: [], supplementalGroupsPolicy: 'merge', privileged: false };
  }
  if (message.runAsGroup !== null && message.runAsUser === null) {
    throw new InvalidArgumentError(`${at}.run_as_group: ${message.runAsGroup.value.toString()} without run_as_user, expected both or none`);
  }
  return {
    namespaceOptions: toPodNamespaceOptions(message.namespaceOptions, `${at}.namespace_options`),
    readonlyRootfs: message.readonlyRootfs,
    privileged: message.privileged,
    ...identity(message, at),
    ...confinement(message, '', at),
  };
}

export function toContainerSecurityContext(message: ContainerMessage | null, at: string): LinuxContainerSecurityContext {
  if (message === null) {
    return {
      privileged: false, namespaceOptions: toNamespaceOptions(null, at), runAsUsername: '', readonlyRootfs: false, supplementalGroups: [],
      supplementalGroupsPolicy: 'merge', noNewPrivs: false, maskedPaths: [], readonlyPaths: [],
    };
  }
  checkContainerUser(message, at);
  return {
    privileged: message.privileged,
    namespaceOptions: toNamespaceOptions(message.namespaceOptions, `${at}.namespace_options`),
    runAsUsername: message.runAsUsername,
    readonlyRootfs: message.readonlyRootfs,
    noNewPrivs: message.noNewPrivs,
    maskedPaths: cTexts(message.maskedPaths, `${at}.masked_paths`),
    readonlyPaths: cTexts(message.readonlyPaths, `${at}.readonly_paths`),
    ...identity(message, at),
    ...confinement(message, message.apparmorProfile, at),
    ...message.capabilities && {
      capabilities: {
        addCapabilities: message.capabilities.addCapabilities,
        dropCapabilities: message.capabilities.dropCapabilities,
        addAmbientCapabilities: message.capabilities.addAmbientCapabilities,
      },
    },
  };
}

function checkContainerUser({ runAsUser, runAsUsername, runAsGroup }: ContainerMessage, at: string): void {
  if (runAsUser !== null && runAsUsername !== '') {
    throw new InvalidArgumentError(`${at}: both run_as_user ${runAsUser.value.toString()} and run_as_username ${JSON.stringify(runAsUsername)}, expected one of them`);
  }
  if (runAsGroup !== null && runAsUser === null && runAsUsername === '') {
    throw new InvalidArgumentError(`${at}.run_as_group: ${runAsGroup.value.toString()} without run_as_user or run_as_username, expected one of them too`);
  }
}

type Identity = Pick<SandboxMessage & ContainerMessage, 'runAsUser' | 'runAsGroup' | 'supplementalGroups' | 'supplementalGroupsPolicy'>;

function identity(message: Identity, at: string): Pick<LinuxContainerSecurityContext, 'runAsUser' | 'runAsGroup' | 'supplementalGroups' | 'supplementalGroupsPolicy'> {
  const id = (value: Int64Value | null, field: string): number | undefined => (value === null ? undefined : toId(value.value, `${at}.${field}`));
  const [runAsUser, runAsGroup] = [id(message.runAsUser, 'run_as_user'), id(message.runAsGroup, 'run_as_group')];
  return {
    ...runAsUser !== undefined && { runAsUser },
    ...runAsGroup !== undefined && { runAsGroup },
    supplementalGroups: message.supplementalGroups.map((gid, i) => toId(gid, `${at}.supplemental_groups[${i}]`)),
    supplementalGroupsPolicy: enumWord(GROUPS_POLICIES, message.supplementalGroupsPolicy, `${at}.supplemental_groups_policy`),
  };
}

type Confinement = Pick<SandboxMessage & ContainerMessage, 'seccomp' | 'seccompProfilePath' | 'apparmor' | 'selinuxOptions'>;

function confinement(message: Confinement, oldApparmor: string, at: string): Pick<LinuxContainerSecurityContext, 'seccomp' | 'apparmor' | 'selinuxOptions'> {
  const seccomp = toSeccomp(message.seccomp, message.seccompProfilePath, at);
  const apparmor = toApparmor(message.apparmor, oldApparmor, at);
  const selinux = message.selinuxOptions;
  return {
    ...seccomp && { seccomp },
    ...apparmor && { apparmor },
    ...selinux && { selinuxOptions: { user: selinux.user, role: selinux.role, type: selinux.type, level: selinux.level } },
  };
}
