import type { Connection, ProcessStreams } from '#conmon';

/** Starts what a client wants to talk to; called when all its streams are there. Aborting the signal means that the client has gone. */
type Start = (options: { readonly signal: AbortSignal }) => Promise<ProcessStreams>;

interface CommandRequest {
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly start: Start;
}

export interface ExecRequest extends CommandRequest {
  /** For the words about its exit code. */
  readonly command: readonly string[];
}

export interface AttachRequest extends CommandRequest {
  /** The container's stdin ends with this client's. Otherwise the client's end ends the session: it has detached. */
  readonly stdinOnce: boolean;
}

export interface PortForwardRequest {
  /** For words to the client. */
  readonly podSandboxId: string;
  /** Ports that a client without stream headers (WebSocket with channels) wants, in the order of its channels. */
  readonly ports: readonly number[];
  dial(port: number, options: { readonly signal: AbortSignal }): Promise<Connection>;
}

/** Gives out URLs; who calls one gets the stream. */
export interface StreamUrls {
  /** @throws ResourceExhaustedError when too many URLs have not been called. */
  exec(request: ExecRequest): string;
  attach(request: AttachRequest): string;
  portForward(request: PortForwardRequest): string;
}

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Authorities of clients; '' lets every client in that has a URL. */
  readonly ca: string;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  /** In OpenSSL's or IANA's words; empty for Node's own. */
  readonly cipherSuites: readonly string[];
}
