/** GetContainerEvents: several subscribers, one order, statuses inside; who leaves, who does not read, and the end of the daemon. */
import { strict as assert } from 'node:assert';
import { beforeEach, test } from 'node:test';
import { createClient, runtime, type CriClient, type messages } from '#cri';
import { BUSYBOX_IMAGE, eventually, openRawSession, runContainer, runPod, useNode, type Davit } from '../harness/index.ts';

const { ContainerEventType, ContainerState, PodSandboxState } = runtime.v1;
const { CONTAINER_CREATED_EVENT, CONTAINER_STARTED_EVENT, CONTAINER_STOPPED_EVENT, CONTAINER_DELETED_EVENT } = ContainerEventType;
type Event = messages.ContainerEventResponse;

const node = useNode();
/** At once; each with one container that ends by itself. */
const PODS = 5;

beforeEach(async () => { await node().davit.client.call('PullImage', { image: { image: BUSYBOX_IMAGE } }); });

/** A subscriber with a connection of its own; disposing hangs up. */
class Subscriber implements Disposable {
  readonly events: Event[] = [];
  /** The error that the stream ended with; undefined for an end without one. */
  readonly ended: Promise<Error | undefined>;
  readonly #client: CriClient;
  readonly #leaving = new AbortController();

  private constructor(client: CriClient) {
    this.#client = client;
    this.ended = this.#read().catch((error: unknown) => error as Error);
  }

  static async open({ socket }: Davit): Promise<Subscriber> {
    const subscriber = new Subscriber(createClient(socket));
    // Behind the stream on the same connection: when it is answered the subscription stands.
    await subscriber.#client.call('Version', {});
    return subscriber;
  }

  get log(): string[] {
    return this.events.map(({ containerId, containerEventType }) => `${containerEventType} ${containerId}`);
  }

  [Symbol.dispose](): void {
    this.#leaving.abort();
    this.#client.close();
  }

  async #read(): Promise<undefined> {
    for await (const event of this.#client.stream('GetContainerEvents', {}, { signal: this.#leaving.signal })) this.events.push(event);
  }
}

/** A pod from its beginning to its end. @returns the ids of pod and container */
async function wholeLife(davit: Davit, name: string): Promise<{ pod: string; container: string }> {
  const pod = await runPod(davit, { name });
  const container = await runContainer(davit, pod, { name: 'c', command: ['true'] });
  await eventually('it has exited', async () => (await davit.client.call('ContainerStatus', { containerId: container })).status?.state === ContainerState.CONTAINER_EXITED);
  await davit.client.call('RemoveContainer', { containerId: container });
  await davit.client.call('RemovePodSandbox', { podSandboxId: pod.id });
  return { pod: pod.id, container };
}

test('subscribers that come and go while pods do all see one order, without a gap, with the statuses of each moment', async () => {
  const { davit } = node();
  using first = await Subscriber.open(davit);
  using second = await Subscriber.open(davit);
  const leaving = await Subscriber.open(davit);
  const lives = Array.from({ length: PODS }, (_, n) => wholeLife(davit, `storm-${n}`));
  await eventually('the storm has begun', () => first.events.length >= 3);
  using late = await Subscriber.open(davit);
  leaving[Symbol.dispose]();
  const ids = await Promise.all(lives);
  const last = `${CONTAINER_DELETED_EVENT} `;
  await eventually('all events have come', () => [first, second, late].every((s) => ids.every(({ pod }) => s.log.includes(last + pod))));
  await leaving.ended;

  assert.deepEqual(second.log, first.log);
  assert.deepEqual(late.log, first.log.slice(-late.log.length));
  assert.deepEqual(leaving.log, first.log.slice(0, leaving.log.length));
  for (const { pod, container } of ids) {
    assert.deepEqual(typesOf(first.events, container), [CONTAINER_CREATED_EVENT, CONTAINER_STARTED_EVENT, CONTAINER_STOPPED_EVENT, CONTAINER_DELETED_EVENT]);
    assert.deepEqual(typesOf(first.events, pod), [CONTAINER_CREATED_EVENT, CONTAINER_STARTED_EVENT, CONTAINER_STOPPED_EVENT, CONTAINER_DELETED_EVENT]);
  }
  for (const [i, event] of first.events.entries()) {
    assert.ok(event.createdAt >= (first.events[i - 1]?.createdAt ?? 0n), 'times go forward');
    assert.ok(event.podSandboxStatus?.id, `${first.log[i]} has the status of its pod`);
  }
  assertStatuses(first.events, ids);
  assert.deepEqual(statusesOf(second.events), statusesOf(first.events));
});

function typesOf(events: readonly Event[], id: string): number[] {
  return events.filter((e) => e.containerId === id).map((e) => e.containerEventType);
}

function statusesOf(events: readonly Event[]): unknown[] {
  return events.map(({ podSandboxStatus, containersStatuses }) => [podSandboxStatus?.state, containersStatuses.map(({ id, state, exitCode }) => [id, state, exitCode])]);
}

/** A status is of the moment of its event, whatever has happened since. */
function assertStatuses(events: readonly Event[], ids: readonly { pod: string; container: string }[]): void {
  const expected: Readonly<Record<number, number | undefined>> = {
    [CONTAINER_CREATED_EVENT]: ContainerState.CONTAINER_CREATED, [CONTAINER_STARTED_EVENT]: ContainerState.CONTAINER_RUNNING, [CONTAINER_STOPPED_EVENT]: ContainerState.CONTAINER_EXITED,
  };
  for (const { pod, container } of ids) {
    for (const event of events.filter((e) => e.containerId === container)) {
      assert.equal(event.podSandboxStatus?.id, pod);
      const status = event.containersStatuses.find((c) => c.id === container);
      assert.equal(status?.state, expected[event.containerEventType], `event ${event.containerEventType}`);
    }
    for (const event of events.filter((e) => e.containerId === pod)) {
      const isReady = [CONTAINER_CREATED_EVENT, CONTAINER_STARTED_EVENT].includes(event.containerEventType as never);
      assert.equal(event.podSandboxStatus?.state, isReady ? PodSandboxState.SANDBOX_READY : PodSandboxState.SANDBOX_NOTREADY, `event ${event.containerEventType} of the pod`);
    }
  }
}

test('one that does not read holds up nobody, and the end of the daemon tells the others Unavailable', async () => {
  const { davit } = node();
  using reader = await Subscriber.open(davit);
  using stuck = openRawSession(davit.socket, 1);
  const unread = stuck.ignore('RuntimeService/GetContainerEvents');
  const { pod } = await wholeLife(davit, 'seen');
  await eventually('the other sees the pod go', () => reader.log.includes(`${CONTAINER_DELETED_EVENT} ${pod}`));
  await davit.stop();
  const error = await reader.ended;
  assert.match(String(error), /davit is stopping/);
  assert.equal((error as { code?: string }).code, 'Unavailable');
  await unread;
  // A kubelet's retry meets the next daemon.
  await davit.start();
  using again = await Subscriber.open(davit);
  const next = await wholeLife(davit, 'again');
  await eventually('the next daemon tells what happens', () => again.log.includes(`${CONTAINER_DELETED_EVENT} ${next.pod}`));
});
