/** Configurations for tests: what crictl sends when a person writes nothing but names, and overrides. */
import type { ContainerConfig, LinuxContainerResources, LinuxContainerSecurityContext, Mount, NamespaceOptions, PodSandboxConfig } from './config.ts';

export const namespaceOptions: NamespaceOptions = { network: 'pod', pid: 'container', ipc: 'pod', targetId: '' };

export const noResources: LinuxContainerResources = {
  cpuPeriod: 0, cpuQuota: 0, cpuShares: 0, memoryLimitInBytes: 0, oomScoreAdj: 0, cpusetCpus: '', cpusetMems: '', hugepageLimits: [], unified: {}, memorySwapLimitInBytes: 0,
};

export function sandboxConfig(linux: Partial<PodSandboxConfig['linux']> = {}, options: Partial<NamespaceOptions> = {}): PodSandboxConfig {
  return {
    metadata: { name: 'pod', uid: 'uid', namespace: 'default', attempt: 0 }, hostname: 'pod', logDirectory: '', portMappings: [], labels: {}, annotations: {},
    linux: {
      cgroupParent: '', sysctls: {},
      securityContext: { namespaceOptions: { ...namespaceOptions, ...options }, readonlyRootfs: false, supplementalGroups: [], supplementalGroupsPolicy: 'merge', privileged: false },
      ...linux,
    },
  };
}

export function containerConfig(config: Partial<ContainerConfig> = {}, security: Partial<LinuxContainerSecurityContext> = {}, resources: Partial<LinuxContainerResources> = {}): ContainerConfig {
  return {
    metadata: { name: 'container', attempt: 0 }, image: { image: 'busybox', annotations: {}, userSpecifiedImage: '', runtimeHandler: '', imageRef: '' },
    command: ['sh'], args: [], workingDir: '', envs: [], mounts: [], devices: [], cdiDevices: [], labels: {}, annotations: {}, logPath: '',
    stdin: false, stdinOnce: false, tty: false, stopSignal: '',
    ...config,
    linux: {
      resources: { ...noResources, ...resources },
      securityContext: {
        privileged: false, namespaceOptions, runAsUsername: '', readonlyRootfs: false, supplementalGroups: [], supplementalGroupsPolicy: 'merge', noNewPrivs: false,
        maskedPaths: [], readonlyPaths: [], ...security,
      },
    },
  };
}

export function mountConfig(mount: Partial<Mount> & Pick<Mount, 'containerPath' | 'hostPath'>): Mount {
  return { readonly: false, selinuxRelabel: false, propagation: 'private', uidMappings: [], gidMappings: [], recursiveReadOnly: false, imageSubPath: '', mountOptions: [], ...mount };
}
