/** What the client is told when a call fails, and what the log keeps. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client, credentials, status as Status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import {
  AlreadyExistsError, CancelledError, DataLossError, DeadlineExceededError, FailedPreconditionError, InternalError, InvalidArgumentError, NotFoundError, ResourceExhaustedError,
  UnavailableError, UnimplementedError, UnknownError,
} from '#errors';
import { CALLS } from './generated/services.ts';
import type { CallName } from './generated/services.ts';
import { calls } from './testing/descriptors.ts';
import { CONTAINER } from './testing/fakes.ts';
import { serve } from './testing/serve.ts';

const TIMEOUT = { timeoutMs: 60_000 };

/** A call with bytes of the test's own choice. */
function rawCall(socketPath: string, path: string, bytes: Buffer): Promise<Buffer> {
  const client = new Client(`unix:${socketPath}`, credentials.createInsecure(), { 'grpc.default_authority': 'localhost', 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 });
  return new Promise<Buffer>((resolve, reject) => {
    client.makeUnaryRequest(path, (b: Buffer) => b, (b: Buffer) => b, bytes, { deadline: Date.now() + 60_000 }, (error, answer) => {
      client.close();
      if (error) reject(error);
      else resolve(answer ?? Buffer.alloc(0));
    });
  });
}

describe('error classes', () => {
  const table = [
    [InvalidArgumentError, Status.INVALID_ARGUMENT], [NotFoundError, Status.NOT_FOUND], [AlreadyExistsError, Status.ALREADY_EXISTS], [FailedPreconditionError, Status.FAILED_PRECONDITION],
    [ResourceExhaustedError, Status.RESOURCE_EXHAUSTED], [UnavailableError, Status.UNAVAILABLE], [DeadlineExceededError, Status.DEADLINE_EXCEEDED], [CancelledError, Status.CANCELLED],
    [UnimplementedError, Status.UNIMPLEMENTED], [DataLossError, Status.DATA_LOSS], [InternalError, Status.INTERNAL], [UnknownError, Status.UNKNOWN],
  ] as const;
  for (const [ErrorClass, code] of table) {
    test(`${ErrorClass.name} is ${Status[code]}, with its message and that of its cause`, async () => {
      await using served = await serve({ pods: { startContainer: async () => { throw new ErrorClass('start container "c1": ä', { cause: new Error('crun: no such file') }); } } });
      const expected = { code, details: 'start container "c1": ä: crun: no such file' };
      await assert.rejects(rawCall(served.socketPath, CALLS.StartContainer.path, Buffer.from(CALLS.StartContainer.request.encode({ containerId: 'c1' }).finish())), expected);
      // Our client makes the same class of it again.
      await assert.rejects(served.client.call('StartContainer', { containerId: 'c1' }, TIMEOUT), (error) => error instanceof ErrorClass && error.message === expected.details);
    });
  }
  test('an AbortError is CANCELLED and a TimeoutError DEADLINE_EXCEEDED', async () => {
    await using served = await serve({ pods: {
      startContainer: async () => { throw new DOMException('gone', 'AbortError'); }, removeContainer: async () => { throw new DOMException('late', 'TimeoutError'); },
    } });
    await assert.rejects(served.client.call('StartContainer', { containerId: 'c1' }, TIMEOUT), CancelledError);
    await assert.rejects(served.client.call('RemoveContainer', { containerId: 'c1' }, TIMEOUT), DeadlineExceededError);
  });
  test('an error of no class of ours is UNKNOWN, its stack is in the log and not on the wire', async () => {
    await using served = await serve({ pods: { startContainer: async () => { throw new TypeError('x is not a function'); } } });
    await assert.rejects(served.client.call('StartContainer', { containerId: 'c1' }, TIMEOUT), { code: 'Unknown', message: 'x is not a function' });
    const line = served.log.find((l) => l['level'] === 'error');
    assert.equal(line?.['msg'], 'StartContainer');
    assert.match(String(line?.['stack']), /server\.errors\.test/);
  });
  test('an UnknownError, made on purpose for its text, is logged like the others', async () => {
    await using served = await serve({ images: { pull: async () => { throw new UnknownError('RegistryUnavailable: no answer'); } } });
    await assert.rejects(served.client.call('PullImage', { image: { image: 'a' } }, TIMEOUT), { code: 'Unknown', message: 'RegistryUnavailable: no answer' });
    assert.deepEqual(served.log.filter((l) => l['msg'] === 'PullImage').map((l) => [l['level'], l['outcome'], l['stack']]), [['info', 'Unknown', undefined]]);
  });
  test('a message that is long or holds half a surrogate pair still arrives', async () => {
    await using served = await serve({ pods: { startContainer: async () => { throw new InternalError(`\ud800${'x'.repeat(100_000)}`); } } });
    await assert.rejects(served.client.call('StartContainer', { containerId: 'c1' }, TIMEOUT), (e: Error) => e instanceof InternalError && e.message.startsWith('\ufffdxxx') && e.message.length === 8192);
  });
  test('a stream ends with the error of its handler', async () => {
    await using served = await serve({ pods: { events: async function* () { yield* []; throw new ResourceExhaustedError('reader fell behind'); } } });
    await assert.rejects(Array.fromAsync(served.client.stream('GetContainerEvents', {}, TIMEOUT)), ResourceExhaustedError);
  });
});

describe('requests that are none', () => {
  for (const [what, bytes] of [['noise', Buffer.from('ffffffffffff', 'hex')], ['a text that is cut', Buffer.from('0a20616263', 'hex')], ['text that is no UTF-8', Buffer.from('0a02fffe', 'hex')], ['groups without end', Buffer.alloc(5000, 0x0b)]] as const) {
    test(`${what} is INVALID_ARGUMENT, and the daemon goes on`, async () => {
      await using served = await serve();
      await assert.rejects(rawCall(served.socketPath, CALLS.StartContainer.path, bytes), (e: ServiceError) => e.code === Status.INVALID_ARGUMENT && e.details.startsWith('StartContainer: the request is no message of this call: '));
      assert.equal((await served.client.call('Version', {}, TIMEOUT)).runtimeName, 'davit');
      assert.deepEqual(served.calls, []);
    });
  }
  test('a call of no name is UNIMPLEMENTED', async () => {
    await using served = await serve();
    await assert.rejects(rawCall(served.socketPath, '/runtime.v1.RuntimeService/Nonsense', Buffer.alloc(0)), { code: Status.UNIMPLEMENTED });
  });
});

describe('every call of CRI v1 is there', () => {
  const names = [...calls().keys()];
  test('43 of them', () => {
    assert.deepEqual([names.length, names.toSorted()], [43, Object.keys(CALLS).toSorted()]);
  });
  for (const name of names as CallName[]) {
    test(`${name} is not UNIMPLEMENTED`, async () => {
      await using served = await serve();
      const answer = CALLS[name].stream ? Array.fromAsync(served.client.stream(name as 'StreamImages', {}, TIMEOUT)) : served.client.call(name as 'Version', {}, TIMEOUT);
      const error = await answer.then(() => undefined, (e: unknown) => e);
      assert.ok(error === undefined || error instanceof InvalidArgumentError, String(error));
    });
  }
});

describe('fields that are missing', () => {
  const table: readonly (readonly [CallName, object, string])[] = [
    ['RunPodSandbox', {}, 'config is missing'], ['RunPodSandbox', { config: {} }, 'config.metadata is missing'], ['StopPodSandbox', {}, 'pod_sandbox_id is missing'],
    ['RemovePodSandbox', {}, 'pod_sandbox_id is missing'], ['PodSandboxStatus', {}, 'pod_sandbox_id is missing'], ['CreateContainer', {}, 'pod_sandbox_id is missing'],
    ['CreateContainer', { podSandboxId: 'p1' }, 'config is missing'], ['StartContainer', {}, 'container_id is missing'], ['StopContainer', {}, 'container_id is missing'],
    ['StopContainer', { containerId: 'c1', timeout: -1n }, 'timeout: -1 is out of range, expected 0 to 9007199254740991'], ['RemoveContainer', {}, 'container_id is missing'],
    ['ContainerStatus', {}, 'container_id is missing'], ['UpdateContainerResources', { containerId: 'c1' }, 'linux is missing'], ['ReopenContainerLog', {}, 'container_id is missing'],
    ['Exec', { cmd: ['a'], stdout: true }, 'container_id is missing'], ['Exec', { containerId: 'c1', stdout: true }, 'cmd is empty, expected the program and its arguments'],
    ['Exec', { containerId: 'c1', cmd: ['a'] }, 'one of stdin, stdout and stderr must be true'], ['Attach', { containerId: 'c1' }, 'one of stdin, stdout and stderr must be true'],
    ['Exec', { containerId: 'c1', cmd: ['a'], stderr: true, tty: true }, 'stderr: with a tty there is no stderr of its own, expected false'],
    ['PortForward', {}, 'pod_sandbox_id is missing'], ['PortForward', { podSandboxId: 'p1', port: [0] }, 'port[0]: 0 is no port, expected 1 to 65535'],
    ['ExecSync', { containerId: 'c1' }, 'cmd is empty, expected the program and its arguments'], ['ExecSync', { cmd: ['a'] }, 'container_id is missing'],
    ['ExecSync', { containerId: 'c1', cmd: ['a'], timeout: -5n }, 'timeout: -5 is out of range, expected 0 to 9007199254740991'], ['ExecSync', { containerId: 'c1', cmd: ['a\0b'] }, 'cmd[0]: "a\\u0000b" holds a NUL character'],
    ['ContainerStats', {}, 'container_id is missing'], ['PodSandboxStats', {}, 'pod_sandbox_id is missing'], ['PullImage', {}, 'image is missing'], ['PullImage', { image: {} }, 'image.image is missing'],
    ['ImageStatus', {}, 'image is missing'], ['RemoveImage', { image: {} }, 'image.image is missing'],
    ['ListContainers', { filter: { state: { state: 9 } } }, 'filter.state.state: 9 is not known, expected 0 (created), 1 (running), 2 (exited), 3 (unknown)'],
    ['ListPodSandbox', { filter: { state: { state: -1 } } }, 'filter.state.state: -1 is not known, expected 0 (ready), 1 (notReady)'],
  ];
  for (const [name, request, message] of table) {
    test(`${name} ${JSON.stringify(request, (_k, v: unknown) => (typeof v === 'bigint' ? v.toString() : v))}: ${message}`, async () => {
      await using served = await serve();
      await assert.rejects(served.client.call(name as 'StartContainer', request, TIMEOUT), { code: 'InvalidArgument', message });
      assert.deepEqual(served.calls, []);
    });
  }
});

describe('sizes', () => {
  test('a request just below 16 MiB arrives, one above is RESOURCE_EXHAUSTED', async () => {
    await using served = await serve();
    const request = (bytes: number): Buffer => Buffer.from(CALLS.ExecSync.request.encode({ containerId: 'c1', cmd: ['x'.repeat(bytes)] }).finish());
    await rawCall(served.socketPath, CALLS.ExecSync.path, request(16 * 1024 * 1024 - 64));
    assert.equal(served.calls.length, 1);
    await assert.rejects(rawCall(served.socketPath, CALLS.ExecSync.path, request(16 * 1024 * 1024)), { code: Status.RESOURCE_EXHAUSTED });
    assert.equal(served.calls.length, 1);
  });
  test('ExecSync drops what does not fit into a message, from the longer output first', async () => {
    const big = Buffer.alloc(16 * 1024 * 1024, 0x61);
    await using served = await serve({ pods: { execSync: async () => ({ stdout: big, stderr: Buffer.from('warning'), exitCode: 1 }) } });
    const { stdout, stderr, exitCode } = await served.client.call('ExecSync', { containerId: 'c1', cmd: ['a'] }, TIMEOUT);
    assert.deepEqual([Buffer.from(stderr).toString(), exitCode], ['warning', 1]);
    assert.ok(stdout.length > 16_000_000 && stdout.length < big.length);
  });
  test('ExecSync gives both outputs half a message when both are too long', async () => {
    const big = Buffer.alloc(16 * 1024 * 1024);
    await using served = await serve({ pods: { execSync: async () => ({ stdout: big, stderr: big, exitCode: 1 }) } });
    const { stdout, stderr } = await served.client.call('ExecSync', { containerId: 'c1', cmd: ['a'] }, TIMEOUT);
    assert.equal(stdout.length, stderr.length);
    assert.ok(stdout.length > 8_000_000);
  });
  test('a list beyond 16 MiB is RESOURCE_EXHAUSTED, and its streaming form holds every item once', async () => {
    const containers = Array.from({ length: 2000 }, (_, i) => ({ ...CONTAINER, id: `c${i}`, annotations: { blob: 'x'.repeat(10_000) } }));
    await using served = await serve({ pods: { listContainers: () => containers } });
    await assert.rejects(served.client.call('ListContainers', {}, TIMEOUT), { code: 'ResourceExhausted', message: /^ListContainers: the answer has \d+ bytes and a client takes at most 16777216; ask with a filter or by the streaming form$/ });
    const chunks = await Array.fromAsync(served.client.stream('StreamContainers', {}, TIMEOUT), (chunk) => chunk.containers.map((c) => c.id));
    assert.ok(chunks.length > 10 && chunks.every((chunk) => chunk.length > 0));
    assert.deepEqual(chunks.flat(), containers.map((c) => c.id));
  });
});

describe('streams of lists', () => {
  test('hold what the lists hold', async () => {
    await using served = await serve();
    const { client } = served;
    assert.deepEqual(await Array.fromAsync(client.stream('StreamPodSandboxes', {}, TIMEOUT), (c) => c.podSandboxes.map((p) => p.id)), [['p1']]);
    assert.deepEqual(await Array.fromAsync(client.stream('StreamImages', {}, TIMEOUT), (c) => c.images.length), [1]);
    assert.deepEqual(await Array.fromAsync(client.stream('StreamContainerStats', {}, TIMEOUT), (c) => c.containerStats.map((s) => s.attributes?.id)), [['c1']]);
    assert.deepEqual(await Array.fromAsync(client.stream('StreamPodSandboxStats', {}, TIMEOUT), (c) => c.podSandboxStats.map((s) => s.attributes?.id)), [['p1']]);
  });
  test('of nothing end without a message', async () => {
    await using served = await serve({ pods: { listContainers: () => [] } });
    assert.deepEqual(await Array.fromAsync(served.client.stream('StreamContainers', {}, TIMEOUT)), []);
  });
});

describe('log', () => {
  test('has one line a call: reads at debug, changes at info, with id, time and outcome', async () => {
    await using served = await serve();
    await served.client.call('ListContainers', {}, TIMEOUT);
    await served.client.call('StartContainer', { containerId: 'c1' }, TIMEOUT);
    await assert.rejects(served.client.call('ContainerStatus', { containerId: 'c9' }, TIMEOUT));
    await served.client.call('RunPodSandbox', { config: { metadata: { name: 'a', namespace: 'b', uid: 'c' } } }, TIMEOUT);
    const lines = served.log.filter((l) => l['request'] !== undefined).map((l) => [l['level'], l['msg'], l['request'], l['subject'], l['outcome'], l['error'], typeof l['ms']]);
    assert.deepEqual(lines, [
      ['debug', 'ListContainers', 1, undefined, 'OK', undefined, 'number'],
      ['info', 'StartContainer', 2, 'c1', 'OK', undefined, 'number'],
      ['debug', 'ContainerStatus', 3, 'c9', 'NotFound', 'no such id "c9"', 'number'],
      ['info', 'RunPodSandbox', 4, 'b/a', 'OK', undefined, 'number'],
    ]);
  });
});
