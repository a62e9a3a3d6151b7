import { InvalidArgumentError } from '#errors';

/** The peer does not speak SPDY/3.1, or goes beyond a limit; the connection is of no use any more. */
export class SpdyError extends InvalidArgumentError {}
