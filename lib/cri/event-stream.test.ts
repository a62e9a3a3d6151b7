/** GetContainerEvents over the socket with the ring of events behind it: who reads too slowly is told so, and nobody else notices. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { test } from 'node:test';
import { EventRing, type ContainerEvent } from '#pod';
import { CALLS } from './generated/services.ts';
import { POD, TIME } from './testing/fakes.ts';
import { serve } from './testing/serve.ts';

const KEPT = 64;
/** More than the ring and all buffers between server and client hold. */
const EVENTS = 1024;
/** Some 16 KiB each with its statuses, so that few of them fit between the two. */
const NOTE = 'n'.repeat(16 * 1024);
const eventOf = (n: number): ContainerEvent => ({ containerId: `c${n}`, type: 'started', createdAt: TIME, podStatus: { ...POD, annotations: { note: NOTE } } });
const LONG = { timeoutMs: 60_000 };

test('a subscriber that falls out of the ring gets ResourceExhausted after what it had been sent; others get every event, in order', { timeout: 120_000 }, async () => {
  const ring = new EventRing(KEPT);
  let subscribers = 0;
  const subscribed = Promise.withResolvers<void>();
  await using served = await serve({ pods: { events: ({ signal }) => {
    if (++subscribers === 3) subscribed.resolve();
    return ring.subscribe(signal);
  } } });
  // As much as HTTP/2 lets the server send, and no more of it is read for now.
  const session = connect('http://localhost', { createConnection: () => connectSocket(served.socketPath) });
  const slow = session.request({ ':method': 'POST', ':path': CALLS.GetContainerEvents.path, 'content-type': 'application/grpc', te: 'trailers' });
  slow.pause();
  slow.end(Buffer.alloc(5));
  const trailers = once(slow, 'trailers') as Promise<[Record<string, string>]>;
  const seen: string[][] = [[], []];
  const readers = seen.map(async (ids) => {
    for await (const { containerId } of served.client.stream('GetContainerEvents', {}, LONG)) if (ids.push(containerId) === EVENTS) break;
  });
  await subscribed.promise;
  for (let n = 0; n < EVENTS; n++) {
    ring.publish(eventOf(n));
    // The ring is for those who are slow, not for a publisher that never lets them read.
    while (seen.some(({ length }) => length < n - KEPT / 2)) await new Promise((resolve) => { setImmediate(resolve); });
  }
  await Promise.all(readers);
  for (const ids of seen) assert.deepEqual(ids, Array.from({ length: EVENTS }, (_, n) => `c${n}`));
  slow.resume();
  const [{ 'grpc-status': status, 'grpc-message': message = '' }] = await trailers;
  assert.deepEqual([Number(status), /events behind, 64 are kept; list again and subscribe anew/.test(decodeURIComponent(message))], [8, true], message);
  session.destroy();
});
