/** Requests whose URL nobody has called yet. */
export const TOKENS_MAX = 1000;
/** How long a URL can be called. */
export const TOKEN_LIFETIME_MS = 60_000;
/** Connections of clients at once; a further one is hung up on. */
export const CONNECTIONS_MAX = 1000;
/** For a client to send its request, and for its TLS. */
export const REQUEST_TIMEOUT_MS = 10_000;
/** Of a request's line and headers. */
export const REQUEST_HEAD_MAX_BYTES = 16 * 1024;
/** For a client to open all streams of its command, or both of a forwarded connection. */
export const STREAM_CREATION_TIMEOUT_MS = 30_000;
/** How often a connection is looked at: is it idle, has its client vanished. */
export const KEEPALIVE_MS = 30_000;
/** Commands (exec, attach, forwarded connections) being started: past it the client hears that it took too long. */
export const START_TIMEOUT_MS = 120_000;
/** Memory for what a client has sent and nobody has taken yet, with PIECE_COST_BYTES for each piece, before its connection is not read any more. */
export const UNTAKEN_MAX_BYTES = 512 * 1024;
/** Control frames of a client that are answered, waiting for it to read the answers. */
export const ANSWERS_MAX_BYTES = 256 * 1024;
/** The same of each answer; the burst of a client that reads, a few thousand of them, still fits. */
export const ANSWER_COST_BYTES = 64;
