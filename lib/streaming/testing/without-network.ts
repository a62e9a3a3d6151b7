/** The server's routes over pairs of streams in this process: thousands of connections a second, for tests of this folder. */
import type { IncomingMessage } from 'node:http';
import { duplexPair } from 'node:stream';
import type { Duplex } from 'node:stream';
import { silentLogger } from '#log';
import { route } from '../routes.ts';
import type { StreamTarget } from '../routes.ts';
import { Tokens } from '../tokens.ts';
import { TestServer, until } from './test-server.ts';

const HEAD_END = '\r\n\r\n';

export class ServerWithoutNetwork extends TestServer {
  readonly #tokens: Tokens<StreamTarget>;

  constructor() {
    const tokens = new Tokens<StreamTarget>();
    const issue = (target: StreamTarget): string => `/${target.kind}/${tokens.issue(target)}`;
    super({
      url: '',
      exec: (request) => issue({ kind: 'exec', request }),
      attach: (request) => issue({ kind: 'attach', request }),
      portForward: (request) => issue({ kind: 'portforward', request }),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
    this.#tokens = tokens;
  }

  /** A client that has been answered 101 to its wish for a WebSocket. */
  async webSocket(url: string, protocol: string): Promise<Client> {
    const [near, far] = duplexPair();
    const client = new Client(near, far);
    const headers = { upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', ...(protocol !== '' && { 'sec-websocket-protocol': protocol }) };
    // Routes read no more of a request than this.
    const request = { url, method: 'GET', headers, headersDistinct: {} } as unknown as IncomingMessage;
    route({ tokens: this.#tokens, log: silentLogger, idleTimeoutMs: 3_600_000, own: () => undefined }, request, near, Buffer.alloc(0));
    await until(() => client.isAnswered);
    return client;
  }
}

export class Client {
  readonly socket: Duplex;
  readonly #server: Duplex;
  #received: Buffer[] = [];
  #ended = false;

  constructor(server: Duplex, socket: Duplex) {
    this.#server = server;
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => { this.#received.push(chunk); });
    socket.on('end', () => { this.#ended = true; });
    socket.on('error', () => undefined);
  }

  get isAnswered(): boolean {
    return this.#text().startsWith('HTTP/1.1 101 ') && this.#text().includes(HEAD_END);
  }

  /** What came after the answer to the request. */
  get received(): Buffer {
    const all = Buffer.concat(this.#received);
    return all.subarray(all.indexOf(HEAD_END) + HEAD_END.length);
  }

  /** The server says nothing more. */
  get isHungUpOn(): boolean {
    return this.#ended;
  }

  /** The server holds nothing of the connection. */
  get isForgotten(): boolean {
    return this.#server.closed;
  }

  #text(): string {
    return Buffer.concat(this.#received).toString('latin1');
  }
}
