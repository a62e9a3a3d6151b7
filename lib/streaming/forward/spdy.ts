import { errorText } from '#errors';
import type { Logger } from '#log';
import type { PortForwardRequest } from '../api.ts';
import { STREAM_CREATION_TIMEOUT_MS } from '../limits.ts';
import { ResetStatus } from '../spdy/frames.ts';
import type { SpdyStream } from '../spdy/stream.ts';
import { forward } from './forward.ts';

export const SPDY_FORWARD_PROTOCOLS: readonly string[] = ['portforward.k8s.io'];

const PORT_MAX = 65_535;

interface Pair { error?: SpdyStream; data?: SpdyStream; readonly late: NodeJS.Timeout }

/** Any number of forwarded connections on one SPDY connection, each a pair of streams: error and data. */
export class ForwardSession {
  readonly #request: PortForwardRequest;
  readonly #log: Logger;
  readonly #pairs = new Map<string, Pair>();
  readonly #gone = new AbortController();

  constructor(request: PortForwardRequest, log: Logger) {
    this.#request = request;
    this.#log = log;
  }

  onStream(stream: SpdyStream): void {
    const type = stream.headers.get('streamtype')?.toLowerCase();
    const port = Number(stream.headers.get('port'));
    if ((type !== 'error' && type !== 'data') || !Number.isInteger(port) || port < 1 || port > PORT_MAX) {
      stream.reset(ResetStatus.protocolError);
      return;
    }
    const id = requestId(stream, type);
    const pair = this.#pairs.get(id) ?? this.#newPair(id);
    if (pair[type]) {
      stream.reset(ResetStatus.refusedStream);
      return;
    }
    stream.reply();
    pair[type] = stream;
    if (!pair.error || !pair.data) return;
    clearTimeout(pair.late);
    this.#pairs.delete(id);
    void this.#forward(pair.error, pair.data, port);
  }

  /** The connection has ended. */
  onEnd(): void {
    for (const { late } of this.#pairs.values()) clearTimeout(late);
    this.#pairs.clear();
    this.#gone.abort();
  }

  #newPair(id: string): Pair {
    const pair: Pair = { late: setTimeout(() => this.#giveUp(id), STREAM_CREATION_TIMEOUT_MS) };
    this.#pairs.set(id, pair);
    return pair;
  }

  #giveUp(id: string): void {
    const pair = this.#pairs.get(id);
    this.#pairs.delete(id);
    if (pair?.error) say(pair.error, `(request=${id}) timed out waiting for streams`);
    pair?.data?.reset();
  }

  async #forward(error: SpdyStream, data: SpdyStream, port: number): Promise<void> {
    error.input.close();
    try {
      const connection = await this.#request.dial(port, { signal: this.#gone.signal });
      data.onReset(() => connection.close());
      await forward(connection, data.input, data, this.#gone.signal);
      error.end();
    } catch (failure) {
      const text = `error forwarding port ${port} to pod ${this.#request.podSandboxId}, uid : ${errorText(failure)}`;
      this.#log.debug(text);
      say(error, text);
      data.reset();
    }
  }
}

function say(error: SpdyStream, text: string): void {
  error.write(Buffer.from(text), () => undefined);
  error.end();
}

/** Old clients number nothing: their error stream is followed at once by its data stream. */
function requestId(stream: SpdyStream, type: 'error' | 'data'): string {
  return stream.headers.get('requestid') ?? String(type === 'error' ? stream.id : stream.id - 2);
}
