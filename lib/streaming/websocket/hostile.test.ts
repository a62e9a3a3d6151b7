/** WebSocket clients under every protocol of ours that say what they may in any form, what they may not, and noise: what is good arrives whole, what is not ends the connection, and nothing is left. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Opcode, webSocketFrame } from '../testing/clients.ts';
import { Random } from '../../../test/fixtures/random/index.ts';
import { until } from '../testing/test-server.ts';
import type { Client } from '../testing/without-network.ts';
import { ServerWithoutNetwork } from '../testing/without-network.ts';
import { ControlType, controlFrame, dataHeader } from '../spdy/frames.ts';
import { HeaderWriter } from '../spdy/headers.ts';

/** Of each protocol. */
const WHOLE_ROUNDS = 60;
const DAMAGED_ROUNDS = 350;
/** Larger ones are refused. */
const MESSAGE_MAX_BYTES = 1024 * 1024;
const CloseCode = { normal: 1000, protocolError: 1002, invalidText: 1007, tooBig: 1009 } as const;

/** A way to reach something that takes bytes. */
interface Door {
  readonly protocol: string;
  connect(server: ServerWithoutNetwork): Promise<Client>;
  /** One message to its input, with bytes for it or without. */
  message(data: Buffer): Message;
  /** Messages that mean nothing, or not to the input. */
  readonly idle: readonly Message[];
  /** After which no more is taken by the input. */
  readonly ending?: Message;
  /** What its input has been given. */
  input(server: ServerWithoutNetwork): Buffer;
}

interface Message { readonly opcode: number; readonly payload: Buffer }

const binary = (...parts: readonly (Buffer | number)[]): Message => ({ opcode: Opcode.binary, payload: Buffer.concat(parts.map((part) => typeof part === 'number' ? Buffer.of(part) : part)) });
const text = (words: string): Message => ({ opcode: Opcode.text, payload: Buffer.from(words) });

const ofProcess = (server: ServerWithoutNetwork): Buffer => server.processes.at(-1)?.input ?? Buffer.alloc(0);
/** What the program that says everything again has been told. */
const ofConnections = (server: ServerWithoutNetwork): Buffer => server.connections[0]?.told ?? Buffer.alloc(0);

function command(kind: 'exec' | 'attach', protocol: string): Door {
  const isBase64 = protocol.includes('base64');
  return {
    protocol: `${kind}, ${protocol}`,
    connect: async (server) => {
      const client = await server.webSocket(server[kind]({ tty: true }), protocol);
      await until(() => server.processes.length > 0);
      return client;
    },
    message: (data) => isBase64 ? text(`0${data.toString('base64')}`) : binary(0, data),
    idle: isBase64
      ? [text('4{"Width":80,"Height":25}'), text('4'), text('9AAAA'), text(''), text('0')]
      : [binary(4, Buffer.from('{"Width":80,"Height":25}')), binary(4, Buffer.from('}{"Width":1e99}}{{')), binary(1, Buffer.from('to stdout')), binary(200), binary(), binary(0)],
    ...(protocol.startsWith('v5') && { ending: binary(255, 0) }),
    input: ofProcess,
  };
}

function ports(protocol: string): Door {
  const isBase64 = protocol.includes('base64');
  return {
    protocol: `port-forward, ${protocol}`,
    connect: async (server) => {
      const client = await server.webSocket(server.portForward({ ports: [80, 81] }), protocol);
      await until(() => server.connections.length === 2);
      return client;
    },
    message: (data) => isBase64 ? text(`0${data.toString('base64')}`) : binary(0, data),
    idle: isBase64 ? [text('2AAAA'), text('1AAAA'), text('7AAAA'), text('')] : [binary(2, Buffer.from('other')), binary(1, Buffer.from('no')), binary(9), binary()],
    input: ofConnections,
  };
}

const DATA_STREAM = 3;

function tunnelled(): Door {
  return {
    protocol: 'port-forward, SPDY/3.1+portforward.k8s.io',
    connect: async (server) => {
      const client = await server.webSocket(server.portForward(), 'SPDY/3.1+portforward.k8s.io');
      const writer = new HeaderWriter();
      for (const [id, streamtype] of [[1, 'error'], [DATA_STREAM, 'data']] as const) {
        const headers = writer.write(new Map([['streamtype', streamtype], ['port', '80'], ['requestid', '1']]));
        client.socket.write(webSocketFrame(Opcode.binary, controlFrame(ControlType.synStream, 0, [id, 0], Buffer.concat([Buffer.alloc(2), headers]))));
      }
      await until(() => server.connections.length === 1);
      return client;
    },
    message: (data) => binary(dataHeader(DATA_STREAM, data.length, false), data),
    idle: [binary(controlFrame(ControlType.ping, 0, [1])), binary(), binary(controlFrame(ControlType.settings, 0, [1, 7, 70_000]))],
    ending: binary(dataHeader(DATA_STREAM, 0, true)),
    input: ofConnections,
  };
}

const DOORS: readonly Door[] = [
  ...['v5.channel.k8s.io', 'v4.channel.k8s.io', 'channel.k8s.io', '', 'v4.base64.channel.k8s.io', 'base64.channel.k8s.io'].map((protocol) => command('exec', protocol)),
  command('attach', 'v5.channel.k8s.io'), ports('v4.channel.k8s.io'), ports('v4.base64.channel.k8s.io'), tunnelled(),
];

/** A message as any number of frames, each masked, with pings between. */
function frames(random: Random, { opcode, payload }: Message): Buffer {
  const pieces = random.below(3) === 0 ? random.pieces(payload, Math.max(1, payload.length)) : [payload];
  if (pieces.length === 0) pieces.push(Buffer.alloc(0));
  return Buffer.concat(pieces.flatMap((piece, i) => [
    webSocketFrame(i === 0 ? opcode : Opcode.continuation, piece, { fin: i === pieces.length - 1, mask: random.bytes(4) }),
    ...random.below(6) === 0 ? [webSocketFrame(Opcode.ping, random.bytes(random.below(126)), { mask: random.bytes(4) })] : [],
  ]));
}

/** What a client says, and what of it the input gets. */
function conversation(random: Random, door: Door): { bytes: Buffer; wanted: Buffer } {
  const [said, wanted]: [Buffer[], Buffer[]] = [[], []];
  let isOpen = true;
  for (let n = 1 + random.below(12); n > 0; n--) {
    const choice = random.below(12);
    if (choice < 8) {
      const data = random.bytes(random.below(choice === 0 ? 3000 : 100));
      said.push(frames(random, door.message(data)));
      if (isOpen) wanted.push(data);
    } else if (choice < 11 || !door.ending) said.push(frames(random, door.idle[random.below(door.idle.length)] as Message));
    else {
      if (isOpen) said.push(frames(random, door.ending));
      isOpen = false;
    }
  }
  return { bytes: Buffer.concat(said), wanted: Buffer.concat(wanted) };
}

for (const door of DOORS) {
  test(`${door.protocol}: ${WHOLE_ROUNDS} conversations in frames and pieces of any size give the bytes that were sent`, async () => {
    const random = new Random(21);
    for (let n = 0; n < WHOLE_ROUNDS; n++) {
      const server = new ServerWithoutNetwork();
      const client = await door.connect(server);
      const { bytes, wanted } = conversation(random, door);
      for (const piece of random.pieces(bytes, 700)) client.socket.write(piece);
      client.socket.write(webSocketFrame(Opcode.close, Buffer.of(CloseCode.normal >> 8, CloseCode.normal & 0xff)));
      await until(() => client.isHungUpOn);
      client.socket.end();
      await until(() => client.isForgotten && server.held === 0);
      assert.ok(door.input(server).equals(wanted), `case ${n}`);
      assert.ok(closeCode(client.received) !== undefined, `case ${n} is not answered`);
    }
  });

  test(`${door.protocol}: ${DAMAGED_ROUNDS} damaged conversations end, and nothing of them is left`, async () => {
    const random = new Random(22);
    for (let n = 0; n < DAMAGED_ROUNDS; n++) {
      const server = new ServerWithoutNetwork();
      const client = await door.connect(server);
      for (const piece of random.pieces(random.damaged(conversation(random, door).bytes), 300)) client.socket.write(piece);
      if (random.below(4) === 0) for (const process of server.processes) process.exit(random.below(3));
      client.socket.end();
      await until(() => client.isForgotten && server.held === 0);
    }
  });
}

const OVERSIZE = Buffer.alloc(MESSAGE_MAX_BYTES + 1);
const THIRD = Buffer.alloc(Math.floor(MESSAGE_MAX_BYTES / 3) + 1);
const HALF = Buffer.alloc(MESSAGE_MAX_BYTES / 2 + 1);

for (const [what, protocol, bytes, code] of [
  ['a frame without a mask', 'v5.channel.k8s.io', webSocketFrame(Opcode.binary, Buffer.from('\0x'), { mask: Buffer.alloc(0) }), CloseCode.protocolError],
  ['a frame with a reserved bit', 'v4.channel.k8s.io', webSocketFrame(Opcode.binary, Buffer.from('\0x'), { reservedBits: 4 }), CloseCode.protocolError],
  ['an opcode that does not exist', 'v5.channel.k8s.io', webSocketFrame(5, Buffer.from('\0x')), CloseCode.protocolError],
  ['a ping of 126 bytes', 'v5.channel.k8s.io', webSocketFrame(Opcode.ping, Buffer.alloc(126)), CloseCode.protocolError],
  ['a ping in two fragments', 'v5.channel.k8s.io', webSocketFrame(Opcode.ping, Buffer.alloc(1), { fin: false }), CloseCode.protocolError],
  ['the continuation of nothing', 'v4.channel.k8s.io', webSocketFrame(Opcode.continuation, Buffer.from('\0x')), CloseCode.protocolError],
  ['a message within a message', 'v4.channel.k8s.io', Buffer.concat([webSocketFrame(Opcode.binary, Buffer.from('\0x'), { fin: false }), webSocketFrame(Opcode.binary, Buffer.from('\0y'))]), CloseCode.protocolError],
  ['a message that is too long', 'v5.channel.k8s.io', webSocketFrame(Opcode.binary, OVERSIZE).subarray(0, 20), CloseCode.tooBig],
  ['a message whose fragments are too long', 'v5.channel.k8s.io', Buffer.concat([webSocketFrame(Opcode.binary, HALF, { fin: false }), webSocketFrame(Opcode.continuation, HALF)]), CloseCode.tooBig],
  ['a message whose three fragments are too long together', 'v5.channel.k8s.io', Buffer.concat([webSocketFrame(Opcode.binary, THIRD, { fin: false }), webSocketFrame(Opcode.continuation, THIRD, { fin: false }), webSocketFrame(Opcode.continuation, THIRD)]), CloseCode.tooBig],
  ['a length of 2^63', 'v5.channel.k8s.io', Buffer.from('82ff8000000000000000', 'hex'), CloseCode.tooBig],
  ['text that is not UTF-8', 'v4.base64.channel.k8s.io', webSocketFrame(Opcode.text, Buffer.from('30c3283a', 'hex')), CloseCode.invalidText],
  ['a close frame with a reason that is not UTF-8', 'v5.channel.k8s.io', webSocketFrame(Opcode.close, Buffer.from('03e8c328', 'hex')), CloseCode.invalidText],
  ['a close frame of one byte', 'v5.channel.k8s.io', webSocketFrame(Opcode.close, Buffer.of(3)), CloseCode.protocolError],
  ['a close code that is not one', 'v5.channel.k8s.io', webSocketFrame(Opcode.close, Buffer.of(0, 5)), CloseCode.protocolError],
  ['a close code that stands for none', 'v5.channel.k8s.io', webSocketFrame(Opcode.close, Buffer.of(0x03, 0xed)), CloseCode.protocolError],
  ['a close code of nobody', 'v5.channel.k8s.io', webSocketFrame(Opcode.close, Buffer.of(0x07, 0xd0)), CloseCode.protocolError],
  ['a close code of its application', 'v5.channel.k8s.io', webSocketFrame(Opcode.close, Buffer.of(0x0b, 0xb8)), 3000],
  ['the end of no channel', 'v5.channel.k8s.io', webSocketFrame(Opcode.binary, Buffer.of(255)), CloseCode.protocolError],
  ['the end of a channel with more behind it', 'v5.channel.k8s.io', webSocketFrame(Opcode.binary, Buffer.of(255, 0, 0)), CloseCode.protocolError],
] as const) {
  test(`a client that sends ${what} is told ${code} and hung up on`, async () => {
    const server = new ServerWithoutNetwork();
    const client = await server.webSocket(server.exec(), protocol);
    await until(() => server.processes.length === 1);
    client.socket.write(bytes);
    await until(() => closeCode(client.received) !== undefined);
    assert.equal(closeCode(client.received), code);
    client.socket.write(webSocketFrame(Opcode.close, Buffer.alloc(0)));
    await until(() => client.isHungUpOn);
    client.socket.end();
    await until(() => client.isForgotten && server.held === 0);
  });
}

/** The code of the close frame among a server's frames, which are whole and small but for output. */
function closeCode(bytes: Buffer): number | undefined {
  for (let at = 0; at + 1 < bytes.length;) {
    const [first = 0, second = 0] = bytes.subarray(at);
    const extended = second === 126 ? 2 : second === 127 ? 8 : 0;
    const length = extended === 2 ? bytes.readUInt16BE(at + 2) : extended === 8 ? Number(bytes.readBigUInt64BE(at + 2)) : second;
    const payload = bytes.subarray(at + 2 + extended, at + 2 + extended + length);
    if ((first & 0x0f) === Opcode.close) return payload.length >= 2 ? payload.readUInt16BE() : undefined;
    at += 2 + extended + length;
  }
  return undefined;
}
