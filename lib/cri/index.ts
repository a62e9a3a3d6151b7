/** CRI v1 over gRPC: the daemon's server, and a client of any CRI socket. */
export type { ClientCallOptions, CriClient } from './client.ts';
export { createClient, DEFAULT_CALL_TIMEOUT_MS } from './client.ts';
export type * as messages from './generated/cri.js';
export { runtime } from './generated/cri.js';
export type { CallName, Calls, StreamName, UnaryName } from './generated/services.ts';
export type { Condition, RuntimeHandlerInfo, RuntimeInfo } from './info.ts';
export { MAX_MESSAGE_BYTES } from './limits.ts';
export type { StreamUrls } from './stream-urls.ts';
export type { CriServer, CriServerOptions } from './server.ts';
export { createServer, DEFAULT_DRAIN_TIMEOUT_MS } from './server.ts';
