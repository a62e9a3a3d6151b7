import type { ClientSocket } from '../client-socket.ts';
import { keepAlive } from '../keepalive.ts';
import { WebSocketChannels } from '../websocket/channels.ts';
import { runCommand } from './session.ts';
import type { CommandTarget } from './session.ts';

/** Protocols of exec and attach over WebSocket; '' is a client that names none. */
export const WEBSOCKET_COMMAND_PROTOCOLS: readonly string[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io', 'channel.k8s.io', 'base64.channel.k8s.io', ''];

const Channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4 } as const;

/** Runs the client's command and ends the connection. @param head what came with the request @param onEnd the connection has ended; `bytes` have gone either way */
export async function commandOverWebSocket(target: CommandTarget, protocol: string, client: ClientSocket, head: Buffer, idleMs: number, onEnd: (error: Error | undefined, bytes: number) => void): Promise<void> {
  const { request } = target;
  const gone = new AbortController();
  const channels: WebSocketChannels = new WebSocketChannels(client, {
    inputs: [...request.stdin ? [Channel.stdin] : [], ...request.tty ? [Channel.resize] : []],
    base64: protocol.includes('base64'), closable: protocol.startsWith('v5.'),
    onEnd: (error) => { stopKeepAlive(); gone.abort(); onEnd(error, channels.traffic); },
  });
  const stopKeepAlive = keepAlive(channels, idleMs);
  // Something on the lowest channel tells the client that all is set up.
  channels.output(request.stdout ? Channel.stdout : request.stderr ? Channel.stderr : Channel.error).write(Buffer.alloc(0), () => undefined);
  channels.unshift(head);
  await runCommand(target, {
    stdin: channels.input(Channel.stdin), resize: channels.input(Channel.resize),
    stdout: request.stdout ? channels.output(Channel.stdout) : undefined, stderr: request.stderr ? channels.output(Channel.stderr) : undefined,
    error: channels.output(Channel.error), structuredStatus: protocol.startsWith('v4.') || protocol.startsWith('v5.'),
  }, gone.signal);
  channels.close();
}
