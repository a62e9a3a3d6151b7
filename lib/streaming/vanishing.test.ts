/** Clients that hang up, in every phase of their stream: nothing of theirs is held afterwards. */
import { test } from 'node:test';
import { Opcode, rawWebSocket, spdy, tcp, webSocketFrame } from './testing/clients.ts';
import { dataHeader } from './spdy/frames.ts';
import { openDescriptors, TestServer, until } from './testing/test-server.ts';

interface Client { destroy(): void; resetAndDestroy(): void; end(): void }

/** Ways to hang up: orderly, by a RST, and of one direction only. */
const WAYS: Readonly<Record<string, (client: Client) => void>> = { close: (client) => client.destroy(), reset: (client) => client.resetAndDestroy(), 'half-close': (client) => client.end() };
/** More than a busy machine takes to open four streams. */
const IDLE_MS = 1000;
const ENDLESS = Buffer.alloc(256 * 1024, 'o');

type Urls = Pick<TestServer, 'exec' | 'attach'>;

async function withStreams(url: string): Promise<Awaited<ReturnType<typeof spdy>>> {
  const client = await spdy(url);
  for (const streamtype of ['error', 'stdin', 'stdout', 'stderr']) client.open({ streamtype });
  return client;
}

/** Brings a client into a phase. @returns what hangs up then */
const COMMAND_PHASES: Readonly<Record<string, (server: TestServer, kind: keyof Urls) => Promise<Client>>> = {
  'before its request line ends': (server, kind) => tcp(server.port, `GET ${new URL(server[kind]()).pathname.slice(0, -3)}`),
  'before its headers end': (server, kind) => tcp(server.port, `GET ${new URL(server[kind]()).pathname} HTTP/1.1\r\nUpgrade: SPDY/3.1\r\n`),
  'after the upgrade': async (server, kind) => (await spdy(server[kind]())).socket,
  'with some streams open': async (server, kind) => {
    const client = await spdy(server[kind]());
    const id = client.open({ streamtype: 'stdin' });
    client.send(id, 'early');
    await client.until(() => client.at(id).replied);
    return client.socket;
  },
  'while its command is started': async (server, kind) => {
    const { socket } = await withStreams(server[kind]({ start: ({ signal }) => server.never(signal) }));
    await until(() => server.starting === 1);
    return socket;
  },
  'in the middle of a frame': async (server, kind) => {
    const { socket } = await withStreams(server[kind]());
    const process = await server.process();
    socket.write(Buffer.concat([dataHeader(3, 1000, false), Buffer.from('the first bytes')]));
    await until(() => process.input.length > 0);
    return socket;
  },
  'during output that it does not read': async (server, kind) => {
    const { socket } = await withStreams(server[kind]());
    socket.pause();
    const process = await server.process();
    // More than all buffers of the way hold.
    let done = 0;
    for (let n = 0; n < 64; n++) void process.stdout.give(ENDLESS).then(() => { done++; });
    await until(() => done > 0);
    return socket;
  },
  'after the exit': async (server, kind) => {
    const client = await withStreams(server[kind]());
    (await server.process()).exit(3);
    await client.until(() => client.at(1).ended);
    return client.socket;
  },
  'of WebSocket, after the upgrade': async (server, kind) => {
    const socket = await rawWebSocket(server[kind](), 'v5.channel.k8s.io');
    await server.process();
    return socket;
  },
  'of WebSocket, in the middle of a frame': async (server, kind) => {
    const socket = await rawWebSocket(server[kind](), 'v5.channel.k8s.io');
    socket.write(webSocketFrame(Opcode.binary, Buffer.from('\0first')));
    socket.write(webSocketFrame(Opcode.binary, Buffer.alloc(1000)).subarray(0, 50));
    const process = await server.process();
    await until(() => process.input.length > 0);
    return socket;
  },
  'of WebSocket, during output that it does not read': async (server, kind) => {
    const socket = await rawWebSocket(server[kind](), 'v4.channel.k8s.io');
    socket.pause();
    const process = await server.process();
    let done = 0;
    for (let n = 0; n < 64; n++) void process.stdout.give(ENDLESS).then(() => { done++; });
    await until(() => done > 0);
    return socket;
  },
  'of WebSocket, after the exit': async (server, kind) => {
    const socket = await rawWebSocket(server[kind](), 'v5.channel.k8s.io');
    (await server.process()).exit(3);
    await until(() => server.held === 0);
    return socket;
  },
};

const FORWARD_PHASES: Readonly<Record<string, (server: TestServer) => Promise<Client>>> = {
  'with one stream of a pair': async (server) => {
    const client = await spdy(server.portForward(), 'portforward.k8s.io');
    const id = client.open({ streamtype: 'error', port: '80', requestid: '1' });
    await client.until(() => client.at(id).replied);
    return client.socket;
  },
  'while its port is dialled': async (server) => {
    const client = await spdy(server.portForward({ dial: (_port, { signal }) => server.never(signal) }), 'portforward.k8s.io');
    for (const streamtype of ['error', 'data']) client.open({ streamtype, port: '80', requestid: '1' });
    await until(() => server.starting === 1);
    return client.socket;
  },
  'with connections': async (server) => {
    const client = await spdy(server.portForward(), 'portforward.k8s.io');
    for (const requestid of ['1', '2', '3']) for (const streamtype of ['error', 'data']) client.open({ streamtype, port: '80', requestid });
    client.send(3, 'echo');
    await client.until(() => client.at(3).data.length === 4);
    return client.socket;
  },
  'of WebSocket channels, with connections': async (server) => {
    const socket = await rawWebSocket(server.portForward({ ports: [80, 81] }), 'v4.channel.k8s.io');
    await until(() => server.connections.length === 2);
    return socket;
  },
};

async function vanishes(phase: (server: TestServer) => Promise<Client>, hangUp: (client: Client) => void): Promise<void> {
  await using server = await TestServer.start();
  const before = await openDescriptors();
  const client = await phase(server);
  hangUp(client);
  await until(() => server.held === 0);
  client.destroy();
  await until(async () => await openDescriptors() <= before);
}

for (const [way, hangUp] of Object.entries(WAYS)) {
  for (const [phase, begin] of Object.entries(COMMAND_PHASES)) {
    for (const kind of ['exec', 'attach'] as const) test(`${kind}: a client that hangs up (${way}) ${phase} leaves nothing`, () => vanishes((server) => begin(server, kind), hangUp));
  }
  for (const [phase, begin] of Object.entries(FORWARD_PHASES)) test(`port-forward: a client that hangs up (${way}) ${phase} leaves nothing`, () => vanishes(begin, hangUp));
}

test('a client that is idle for the idle timeout is hung up on, and its command ended; one that talks is not', async () => {
  await using server = await TestServer.start({ idleTimeoutMs: IDLE_MS });
  const silent = await withStreams(server.exec());
  const ended = await server.process();
  await silent.closed();
  await until(() => ended.isDisposed);
  const webSocket = await rawWebSocket(server.attach(), 'v4.channel.k8s.io');
  webSocket.resume();
  await until(() => webSocket.destroyed && server.held === 0);
});
