/** Every metric of a container moves when the container does what it counts. */
import { strict as assert } from 'node:assert';
import { beforeEach, test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode, type RunningPod } from '../harness/index.ts';

const node = useNode();
const client = (): ReturnType<typeof node>['davit']['client'] => node().davit.client;
/** Counters are whole seconds, sizes of layers are measured every ten. */
const TIMEOUT_MS = 60_000;
const MEMORY_BYTES = 48n << 20n;
const MB = 1n << 20n;

interface Move {
  readonly metric: string;
  /** Values of further labels of the sample that is meant. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Of the whole; default 1. */
  readonly by?: bigint;
  /** Not every kernel, disk or version of cgroups counts it. */
  readonly mayBeAbsent?: true;
}

/** What a container does, and which of its metrics grow by that. Commands end by themselves or hold on in the background. */
const ACTIONS: readonly { readonly does: string; readonly command: string; readonly moves: readonly Move[] }[] = [
  {
    does: 'computes', command: 'for n in 1 2 3; do timeout 60 sh -c "while :; do :; done" & done',
    moves: [
      { metric: 'container_cpu_usage_seconds_total', labels: { cpu: 'total' } }, { metric: 'container_cpu_user_seconds_total' }, { metric: 'container_cpu_cfs_periods_total' },
      { metric: 'container_cpu_cfs_throttled_periods_total' }, { metric: 'container_cpu_cfs_throttled_seconds_total' }, { metric: 'container_pressure_cpu_waiting_seconds_total', mayBeAbsent: true },
      { metric: 'container_last_seen' },
    ],
  },
  { does: 'calls the kernel', command: 'timeout 60 dd if=/dev/zero of=/dev/null bs=1 &', moves: [{ metric: 'container_cpu_system_seconds_total' }] },
  {
    does: 'holds memory', command: 'x=$(head -c 6291456 /dev/zero | tr "\\0" a); sleep 100 & wait',
    moves: [
      { metric: 'container_memory_usage_bytes', by: 5n * MB }, { metric: 'container_memory_working_set_bytes', by: 5n * MB }, { metric: 'container_memory_rss', by: 5n * MB },
      { metric: 'container_memory_max_usage_bytes', by: 5n * MB, mayBeAbsent: true }, { metric: 'container_memory_failures_total', labels: { failure_type: 'pgfault', scope: 'container' }, by: 1000n },
      { metric: 'container_memory_failures_total', labels: { failure_type: 'pgfault', scope: 'hierarchy' }, by: 1000n },
    ],
  },
  {
    does: 'writes more than its memory', command: 'dd if=/dev/zero of=/big bs=1M count=56 conv=fsync',
    moves: [
      { metric: 'container_fs_usage_bytes', by: 56n * MB }, { metric: 'container_memory_cache', by: 4n * MB }, { metric: 'container_memory_failcnt' },
      { metric: 'container_fs_writes_bytes_total', by: MB, mayBeAbsent: true }, { metric: 'container_fs_writes_total', mayBeAbsent: true },
      { metric: 'container_blkio_device_usage_total', labels: { operation: 'Write' }, by: MB, mayBeAbsent: true },
    ],
  },
  { does: 'starts processes', command: 'for n in 1 2 3; do sleep 100 & done', moves: [{ metric: 'container_processes', by: 3n }, { metric: 'container_threads', by: 3n }, { metric: 'container_memory_kernel_usage', mayBeAbsent: true }] },
  { does: 'opens files and sockets', command: 'nc -l -p 98 & exec 4</ 5</ 6</; sleep 100 &', moves: [{ metric: 'container_file_descriptors', by: 3n }, { metric: 'container_sockets' }] },
];

beforeEach(async () => { await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } }); });

type Samples = readonly { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: bigint }[];

let labelKeys: ReadonlyMap<string, readonly string[]> = new Map();
beforeEach(async () => { labelKeys = new Map((await client().call('ListMetricDescriptors', {})).descriptors.map((d) => [d.name, d.labelKeys])); });

/** The samples of a container, or of the pod itself, with their labels by name. */
async function samplesOf(podId: string, containerId?: string): Promise<Samples> {
  const { podMetrics } = await client().call('ListPodSandboxMetrics', {});
  const pod = podMetrics.find((p) => p.podSandboxId === podId) ?? assert.fail(`no metrics of pod ${podId}`);
  const metrics = containerId === undefined ? pod.metrics : pod.containerMetrics.find((c) => c.containerId === containerId)?.metrics ?? assert.fail('no metrics of the container');
  return metrics.map(({ name, labelValues, value }) => {
    const keys = labelKeys.get(name) ?? [];
    return { name, labels: Object.fromEntries(keys.map((key, i) => [key, labelValues[i] ?? ''])), value: value?.value ?? 0n };
  });
}

function valueOf(samples: Samples, { metric, labels = {} }: Move): bigint | undefined {
  const found = samples.filter((s) => s.name === metric && Object.entries(labels).every(([key, value]) => s.labels[key] === value));
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0n);
}

async function busyContainer(pod: RunningPod): Promise<string> {
  // Where memory and swap together have the same limit it is that counter which meets it.
  const resources = { cpuPeriod: 100_000n, cpuQuota: 20_000n, memoryLimitInBytes: MEMORY_BYTES, memorySwapLimitInBytes: 2n * MEMORY_BYTES };
  return runContainer(node().davit, pod, { name: 'c', command: ['sleep', '1000'], linux: { resources } });
}

for (const { does, command, moves } of ACTIONS) {
  test(`a container that ${does}: ${[...new Set(moves.map(({ metric }) => metric))].join(', ')}`, async () => {
    const pod = await runPod(node().davit, { name: 'moving' });
    const id = await busyContainer(pod);
    const before = await samplesOf(pod.id, id);
    const { exitCode, stderr } = await client().call('ExecSync', { containerId: id, cmd: ['sh', '-c', `(${command}) > /dev/null 2>&1 < /dev/null &`], timeout: 20n });
    assert.equal(exitCode, 0, Buffer.from(stderr).toString());
    for (const move of moves) {
      const from = valueOf(before, move) ?? 0n;
      let last: bigint | undefined;
      await eventually(`${move.metric} grows by ${move.by ?? 1n} from ${from}`, async () => {
        last = valueOf(await samplesOf(pod.id, id), move);
        return last === undefined ? move.mayBeAbsent ?? false : last - from >= (move.by ?? 1n);
      }, TIMEOUT_MS).catch((error: unknown) => { throw new Error(`${String(error)}: it is ${last}`); });
    }
  });
}

test('a pod that sends and receives: container_network_…', async () => {
  const pod = await runPod(node().davit, { name: 'talking' });
  const id = await runContainer(node().davit, pod, { name: 'c', command: ['sleep', '1000'] });
  const before = await samplesOf(pod.id);
  await client().call('ExecSync', { containerId: id, cmd: ['sh', '-c', 'ping -c 2 -W 1 $(ip route | sed -n "s/^default via \\([^ ]*\\).*/\\1/p") || true'], timeout: 20n });
  for (const direction of ['receive', 'transmit']) for (const what of ['bytes', 'packets']) {
    const move = { metric: `container_network_${direction}_${what}_total`, labels: { interface: 'eth0' } };
    const from = valueOf(before, move) ?? assert.fail(`${move.metric} has no sample`);
    await eventually(`${move.metric} grows`, async () => (valueOf(await samplesOf(pod.id), move) ?? 0n) > from);
  }
});
