/** Compressed bytes of one header block. Clients of Kubernetes send less than a hundred. */
export const HEADER_BLOCK_MAX_BYTES = 16 * 1024;
/** The same block inflated: what is more is a bomb. */
export const HEADER_TEXT_MAX_BYTES = 32 * 1024;
export const HEADERS_MAX = 64;
/** Payload of a control frame: a header block and what stands before it. */
export const CONTROL_FRAME_MAX_BYTES = HEADER_BLOCK_MAX_BYTES + 10;
export const SETTINGS_MAX = 64;
/** Largest payload of a data frame that we send. */
export const DATA_FRAME_MAX_BYTES = 0xff_ffff;
/** Streams open at once on one connection. Port-forward needs two for each connection that it carries. */
export const STREAMS_MAX = 512;
/** Both windows at the start (SPDY/3.1, 2.6.8). */
export const INITIAL_WINDOW_BYTES = 64 * 1024;
/** What a client has been read of is told to it in steps of this. */
export const WINDOW_STEP_BYTES = 16 * 1024;
