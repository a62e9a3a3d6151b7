/** Bytes that come in pieces whose size somebody else decides, a container, a client or a registry: a piece of one byte takes a hundred times its size where it is kept as it is. */
export { ByteCollector } from './byte-collector.ts';

/** What a piece that waits counts besides its bytes: the objects around it. */
export const PIECE_COST_BYTES = 512;
