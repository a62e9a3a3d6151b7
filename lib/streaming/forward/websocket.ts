import { errorText } from '#errors';
import type { PortForwardRequest } from '../api.ts';
import type { ClientSocket } from '../client-socket.ts';
import { keepAlive } from '../keepalive.ts';
import { WebSocketChannels } from '../websocket/channels.ts';
import { forward } from './forward.ts';

/** Port-forward over numbered channels, for clients that are no kubectl: one connection to each port of the request. */
export const WEBSOCKET_FORWARD_PROTOCOLS: readonly string[] = ['v4.channel.k8s.io', 'v4.base64.channel.k8s.io', ''];

/** The channels of port i are 2i for its data and 2i + 1 for words about failure; each begins with the port's number. @param head what came with the request */
export async function forwardOverWebSocket(request: PortForwardRequest, protocol: string, client: ClientSocket, head: Buffer, idleMs: number, onEnd: (error: Error | undefined, bytes: number) => void): Promise<void> {
  const gone = new AbortController();
  const channels: WebSocketChannels = new WebSocketChannels(client, {
    inputs: request.ports.map((_port, i) => 2 * i), base64: protocol.includes('base64'), closable: false,
    onEnd: (error) => { stopKeepAlive(); gone.abort(); onEnd(error, channels.traffic); },
  });
  const stopKeepAlive = keepAlive(channels, idleMs);
  channels.unshift(head);
  await Promise.all(request.ports.map((port, i) => forwardPort(request, channels, i, port, gone.signal)));
  channels.close();
}

async function forwardPort(request: PortForwardRequest, channels: WebSocketChannels, index: number, port: number, signal: AbortSignal): Promise<void> {
  const [data, error, input] = [channels.output(2 * index), channels.output(2 * index + 1), channels.input(2 * index)];
  const number = Buffer.alloc(2);
  number.writeUInt16LE(port);
  for (const output of [data, error]) output.write(number, () => undefined);
  try {
    if (input) await forward(await request.dial(port, { signal }), input, data, signal);
  } catch (failure) {
    error.write(Buffer.from(`error forwarding port ${port} to pod ${request.podSandboxId}, uid : ${errorText(failure)}`), () => undefined);
  }
}
