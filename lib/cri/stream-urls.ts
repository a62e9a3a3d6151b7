import type { AttachStart, ExecStart, PortForwardStart } from '#pod';

interface CommandStreams { readonly tty: boolean; readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean }

/** The streaming server as the calls see it: it gives out URLs that a client can call once, soon. */
export interface StreamUrls {
  /** @throws ResourceExhaustedError when too many URLs wait for their client */
  exec(request: CommandStreams & { readonly command: readonly string[]; readonly start: ExecStart }): string;
  attach(request: CommandStreams & AttachStart): string;
  portForward(request: PortForwardStart & { readonly ports: readonly number[] }): string;
}
