/** What Version, Status and RuntimeConfig say about the daemon; all of it from memory. */
import type { Cni } from '#cni';
import type { Condition, RuntimeInfo } from '#cri';
import { errorText } from '#errors';
import type { Logger } from '#log';
import type { Runtimes } from '#oci';
import type { Storage } from '#storage';
import { davitVersion } from '../cli/version.ts';
import type { Config } from '../config/schema.ts';
import type { LoopDelay } from './loop-delay.ts';

export interface RuntimeInfoParts {
  readonly config: Config;
  readonly cgroupDriver: 'systemd' | 'cgroupfs';
  readonly runtimes: Runtimes;
  readonly cni: Cni;
  readonly storage: Pick<Storage, 'writableQuota'>;
  readonly loopDelay: LoopDelay;
  /** Whether the records have been made true after the start. */
  readonly isRecovered: () => boolean;
  readonly log: Logger;
}

export function createRuntimeInfo(parts: RuntimeInfoParts): RuntimeInfo {
  const { config, runtimes, cni, log } = parts;
  let podCidr = '';
  return {
    runtimeName: 'davit',
    runtimeVersion: davitVersion(),
    cgroupDriver: parts.cgroupDriver,
    defaultHandler: config.runtime.default_runtime,
    features: { supplementalGroupsPolicy: true, userNamespacesHostNetwork: true, mountOptions: true },
    runtimeCondition: () => runtimeCondition(runtimes),
    networkCondition: () => {
      const { ready, reason, message } = cni.status();
      return { ready, reason, message };
    },
    handlers: () => runtimes.list().filter(({ name }) => name !== ''),
    describe: () => describe(parts, podCidr),
    setPodCidr: (cidr) => {
      if (cidr === podCidr) return;
      podCidr = cidr;
      // Address ranges are the CNI configuration's; kubelet tells its own all the same.
      log.info('kubelet told the range of pod addresses', { podCidr });
    },
  };
}

/** Pods can run as long as the default handler's binary is there. */
function runtimeCondition(runtimes: Runtimes): Condition {
  try {
    runtimes.get('');
    return { ready: true, reason: '', message: '' };
  } catch (error) {
    return { ready: false, reason: 'RuntimeBinaryMissing', message: errorText(error) };
  }
}

/** Keys in camelCase as in other runtimes' answers; kubeadm reads `sandboxImage`. */
function describe({ config, runtimes, cni, storage, loopDelay, isRecovered }: RuntimeInfoParts, podCidr: string): Record<string, unknown> {
  return {
    sandboxImage: config.image.pause_image,
    rootDir: config.crio.root,
    stateDir: config.crio.runroot,
    socket: config.api.listen,
    podCidr,
    storage: { writableQuota: storage.writableQuota },
    checkpoints: runtimes.checkpointSupport(),
    cni: { configDir: config.network.network_dir, pluginDirs: config.network.plugin_dirs, ...cni.status() },
    daemon: { pid: process.pid, node: process.versions.node, uptimeSeconds: Math.round(process.uptime()), recovered: isRecovered(), memory: process.memoryUsage(), loopDelay: loopDelay.figures() },
  };
}
