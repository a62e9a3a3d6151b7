/** A daemon whose runtimes have CRIU, and containers that count. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after } from 'node:test';
import type { messages } from '#cri';
import { BUSYBOX_IMAGE, containerConfig, eventually, runContainer, runPod, useNode } from '../../harness/index.ts';
import type { ContainerConfig, ContainerOptions, Davit, DavitOptions, RunningPod } from '../../harness/index.ts';
import { ROOT, RUNC } from '../../harness/places.ts';

const CONFIG = `[crio.runtime]\ncriu_path = "${ROOT}/.cache/criu/bin/criu"\n[crio.runtime.runtimes.newer]\nruntime_path = "${RUNC}"\n`;
/** Counts into its log and a file; SIGTERM ends it with 7. */
const COUNT = 'trap "exit 7" TERM; echo written > /file; rm /bin/true; mkdir -p /opt/dir; i=0; while :; do i=$((i+1)); echo count $i; sleep 0.1; done';
const PID_MODES = { pod: 0, container: 1 } as const;
type PidMode = keyof typeof PID_MODES;
type Linux = { linux: { securityContext: { namespaceOptions: { pid: number } } } };

export interface CriuNode {
  /** For archives; goes after the tests. */
  readonly directory: string;
  readonly CREATED: number;
  readonly RUNNING: number;
  readonly davit: () => Davit;
  readonly client: () => Davit['client'];
  readonly pidMode: (mode: PidMode) => Linux;
  /** A pod with the container 'c', which has counted to three. */
  readonly counting: (runtimeHandler: string, pid?: PidMode) => Promise<{ pod: RunningPod; id: string }>;
  /** A further container in a pod, with a pid namespace of its own. */
  readonly started: (pod: RunningPod, options: ContainerOptions) => Promise<string>;
  /** CreateContainer from an archive. */
  readonly created: (pod: RunningPod, archive: string, name: string, more?: ContainerConfig) => Promise<string>;
  /** The same, and StartContainer. */
  readonly restored: (pod: RunningPod, archive: string, name: string, more?: ContainerConfig) => Promise<string>;
  readonly log: (pod: RunningPod, name?: string) => string;
  /** What the container has counted into its log. */
  readonly counts: (pod: RunningPod, name?: string) => number[];
  readonly last: (pod: RunningPod, name?: string) => number;
  readonly exec: (containerId: string, script: string) => Promise<string>;
  readonly status: (containerId: string) => Promise<messages.ContainerStatus>;
}

export function useCriuNode(options: Pick<DavitOptions, 'mirrors'> = {}): CriuNode {
  const directory = mkdtempSync('/tmp/dv-checkpoint-');
  const node = useNode({ config: CONFIG, ...options });
  after(() => rm(directory, { recursive: true }));
  const client = (): Davit['client'] => node().davit.client;
  const pidMode = (mode: PidMode): Linux => ({ linux: { securityContext: { namespaceOptions: { pid: PID_MODES[mode] } } } });
  const created = async (pod: RunningPod, archive: string, name: string, more: ContainerConfig = {}): Promise<string> =>
    (await client().call('CreateContainer', { podSandboxId: pod.id, config: containerConfig({ name, image: { image: archive }, ...pidMode('container'), ...more }), sandboxConfig: pod.config })).containerId;
  const log = (pod: RunningPod, name = 'c'): string => {
    try {
      return readFileSync(join(pod.config.logDirectory ?? '', `${name}.log`), 'utf8');
    } catch {
      return '';
    }
  };
  const counts = (pod: RunningPod, name?: string): number[] => [...log(pod, name).matchAll(/ stdout F count (\d+)$/gm)].map(([, n]) => Number(n));
  const last = (pod: RunningPod, name?: string): number => counts(pod, name).at(-1) ?? 0;
  return {
    directory, CREATED: 0, RUNNING: 1, davit: () => node().davit, client, pidMode, created, log, counts, last,
    counting: async (runtimeHandler, pid = 'container') => {
      await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } });
      const pod = await runPod(node().davit, { name: 'checkpointed', runtimeHandler, ...pidMode(pid) });
      const id = await runContainer(node().davit, pod, { name: 'c', command: ['sh', '-c', COUNT], ...pidMode(pid) });
      await eventually('it counts', () => last(pod) >= 3);
      return { pod, id };
    },
    started: (pod, options) => runContainer(node().davit, pod, { ...pidMode('container'), ...options }),
    restored: async (pod, archive, name, more) => {
      const containerId = await created(pod, archive, name, more);
      await client().call('StartContainer', { containerId });
      return containerId;
    },
    exec: async (containerId, script) => {
      const { stdout } = await client().call('ExecSync', { containerId, cmd: ['sh', '-c', script], timeout: 30n });
      return Buffer.from(stdout).toString().trim();
    },
    status: async (containerId) => {
      const { status } = await client().call('ContainerStatus', { containerId });
      if (!status) throw new TypeError(`no status of "${containerId}"`);
      return status;
    },
  };
}
