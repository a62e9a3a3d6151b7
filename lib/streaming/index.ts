/** Exec, attach and port-forward for clients of Kubernetes: SPDY/3.1 and WebSocket. Knows streams, not pods. */
export type { AttachRequest, ExecRequest, PortForwardRequest, StreamUrls, TlsFiles } from './api.ts';
export { createStreamingServer } from './server.ts';
export type { StreamingServer, StreamingServerOptions } from './server.ts';
