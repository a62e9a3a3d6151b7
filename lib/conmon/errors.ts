import { DeadlineExceededError, FailedPreconditionError, InternalError, InvalidArgumentError, NotFoundError, ResourceExhaustedError, UnavailableError, UnknownError } from '#errors';
import { WireError } from './protocol.ts';
import { runtimeMessage } from './runtime-message.ts';

/** The monitor of a container does not answer any more, though the container may live. */
export class MonitorLostError extends UnavailableError {}

/** The OCI runtime said no; the message carries its own words. */
export class RuntimeFailedError extends UnknownError {}

/** An error code and text of the wire as one of our classes. */
export function wireError(action: string, code: number, text: string): Error {
  switch (code) {
    case WireError.invalid: return new InvalidArgumentError(`${action}: ${text}`);
    case WireError.precondition: return new FailedPreconditionError(`${action}: ${text}`);
    case WireError.exhausted: return new ResourceExhaustedError(`${action}: ${text}`);
    case WireError.deadline: return new DeadlineExceededError(`${action}: ${text}`);
    case WireError.runtime: return new RuntimeFailedError(`${action}: ${runtimeMessage(text)}`);
    case WireError.notFound: return new NotFoundError(`${action}: ${text}`);
    case WireError.busy: return new UnavailableError(`${action}: ${text}`, { cause: Object.assign(new Error('it is being written'), { code: 'ETXTBSY' }) });
    default: return new InternalError(`${action}: ${text}`);
  }
}

/** The error of an ERROR frame's payload. */
export function frameError(action: string, payload: Buffer): Error {
  return wireError(action, payload[0] ?? WireError.internal, payload.toString('utf8', 1).trim());
}
