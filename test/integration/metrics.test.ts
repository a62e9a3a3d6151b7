/** ListMetricDescriptors and ListPodSandboxMetrics: figures of real pods, as kubelet's users know them from cAdvisor. */
import { strict as assert } from 'node:assert';
import { beforeEach, test } from 'node:test';
import { BUSYBOX_IMAGE, eventually, runContainer, runPod, useNode } from '../harness/index.ts';

const node = useNode();
const client = (): ReturnType<typeof node>['davit']['client'] => node().davit.client;
/** What the kernel or the disks of a test host may not count: block I/O, pressure, huge pages, a peak before Linux 5.19. */
const MAY_HAVE_NO_SAMPLE = /^container_(blkio_|fs_(reads|writes)_|pressure_|hugetlb_|memory_(max_usage|swap)|spec_cpu_quota)/;
const MEMORY_BYTES = 32n << 20n;

type Labelled = Readonly<Record<string, string>>;
interface Sample { readonly name: string; readonly labels: Labelled; readonly value: bigint }

beforeEach(async () => { await client().call('PullImage', { image: { image: BUSYBOX_IMAGE } }); });

/** Every sample of a pod, and of its containers, with its labels by name. */
async function samplesOf(podId: string): Promise<{ readonly ofPod: Sample[]; readonly ofContainers: ReadonlyMap<string, Sample[]> }> {
  const { descriptors } = await client().call('ListMetricDescriptors', {});
  const keys = new Map(descriptors.map((d) => [d.name, d.labelKeys]));
  const { podMetrics } = await client().call('ListPodSandboxMetrics', {});
  const pod = podMetrics.find((p) => p.podSandboxId === podId) ?? assert.fail(`no metrics of pod ${podId}`);
  const labelled = ({ name, labelValues, value }: (typeof pod.metrics)[number]): Sample => {
    const labelKeys = keys.get(name) ?? assert.fail(`${name} has no descriptor`);
    assert.equal(labelValues.length, labelKeys.length, name);
    return { name, labels: Object.fromEntries(labelKeys.map((key, index) => [key, labelValues[index] ?? ''])), value: value?.value ?? assert.fail(`${name} has no value`) };
  };
  return { ofPod: pod.metrics.map(labelled), ofContainers: new Map(pod.containerMetrics.map((c) => [c.containerId, c.metrics.map(labelled)])) };
}

function valueOf(samples: readonly Sample[] | undefined, name: string, labels: Labelled = {}): bigint | undefined {
  return samples?.find((s) => s.name === name && Object.entries(labels).every(([key, value]) => s.labels[key] === value))?.value;
}

test('every metric that is described has a sample of a running container or of its pod', async () => {
  const pod = await runPod(node().davit, { name: 'metrics' });
  const resources = { cpuPeriod: 100_000n, cpuQuota: 20_000n, cpuShares: 512n, memoryLimitInBytes: MEMORY_BYTES, memorySwapLimitInBytes: MEMORY_BYTES };
  const id = await runContainer(node().davit, pod, { name: 'c', command: ['sh', '-c', 'nc -l -p 99 & exec top -b'], linux: { resources } });
  await client().call('ExecSync', { containerId: id, cmd: ['sh', '-c', 'ping -c 1 -W 1 169.254.1.1 || true'], timeout: 60n });
  const { ofPod, ofContainers } = await samplesOf(pod.id);
  const samples = ofContainers.get(id) ?? assert.fail('no metrics of the container');
  const { descriptors } = await client().call('ListMetricDescriptors', {});
  const found = new Set([...ofPod, ...samples].map((s) => s.name));
  assert.deepEqual(descriptors.map((d) => d.name).filter((name) => !found.has(name) && !MAY_HAVE_NO_SAMPLE.test(name)), []);
  const { container, image, name, namespace, pod: podName } = samples[0]?.labels ?? {};
  assert.deepEqual([container, image, name, namespace, podName], ['c', BUSYBOX_IMAGE, id, 'test', 'metrics']);
  for (const [metric, expected] of [['spec_cpu_period', 100_000n], ['spec_cpu_shares', 512n], ['spec_memory_limit_bytes', MEMORY_BYTES], ['oom_events_total', 0n]] as const) assert.equal(valueOf(samples, `container_${metric}`), expected, metric);
  assert.ok((valueOf(samples, 'container_memory_usage_bytes') ?? 0n) > 0n);
  assert.ok((valueOf(ofPod, 'container_network_receive_bytes_total', { interface: 'eth0' }) ?? -1n) >= 0n);
  await eventually('the listener\'s socket is counted', async () => (valueOf((await samplesOf(pod.id)).ofContainers.get(id), 'container_sockets') ?? 0n) > 0n);
  await eventually('both processes are counted', async () => valueOf((await samplesOf(pod.id)).ofContainers.get(id), 'container_processes') === 2n);
});

test('a process killed for want of memory is counted while its container goes on', async () => {
  const pod = await runPod(node().davit, { name: 'oom' });
  const id = await runContainer(node().davit, pod, { name: 'c', command: ['sh', '-c', 'tail /dev/zero; exec top -b'], linux: { resources: { memoryLimitInBytes: MEMORY_BYTES, memorySwapLimitInBytes: MEMORY_BYTES } } });
  await eventually('the kill is counted', async () => (valueOf((await samplesOf(pod.id)).ofContainers.get(id), 'container_oom_events_total') ?? 0n) >= 1n);
});

test('a container that has exited and a pod that was stopped have no samples; the stream says what the list says', async () => {
  const pod = await runPod(node().davit, { name: 'short' });
  const id = await runContainer(node().davit, pod, { name: 'c', command: ['true'] });
  await eventually('the container has exited', async () => (await client().call('ContainerStatus', { containerId: id })).status?.state === 2);
  assert.deepEqual([...(await samplesOf(pod.id)).ofContainers.keys()], []);
  const streamed = await Array.fromAsync(client().stream('StreamPodSandboxMetrics', {}));
  assert.deepEqual(streamed.flatMap((m) => m.podSandboxMetrics.map((p) => p.podSandboxId)), [pod.id]);
  await client().call('StopPodSandbox', { podSandboxId: pod.id });
  assert.deepEqual((await client().call('ListPodSandboxMetrics', {})).podMetrics, []);
});
