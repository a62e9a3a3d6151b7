/** Errors that crossed a process or thread boundary as code and text. */
import {
  AlreadyExistsError, CancelledError, DataLossError, DavitError, DeadlineExceededError, errnoOf, errorText, FailedPreconditionError, InternalError, InvalidArgumentError,
  NotFoundError, ResourceExhaustedError, UnavailableError, UnimplementedError, UnknownError, type ErrorCode,
} from '#errors';

export interface RemoteError { readonly code: ErrorCode; readonly message: string }

/** What is told about an error of ours or of the system. */
export function toRemoteError(error: unknown): RemoteError {
  return { code: codeOf(error), message: errorText(error) };
}

export function fromRemoteError({ code, message }: RemoteError): DavitError {
  switch (code) {
    case 'InvalidArgument': return new InvalidArgumentError(message);
    case 'NotFound': return new NotFoundError(message);
    case 'AlreadyExists': return new AlreadyExistsError(message);
    case 'FailedPrecondition': return new FailedPreconditionError(message);
    case 'ResourceExhausted': return new ResourceExhaustedError(message);
    case 'Unavailable': return new UnavailableError(message);
    case 'DeadlineExceeded': return new DeadlineExceededError(message);
    case 'Cancelled': return new CancelledError(message);
    case 'Unimplemented': return new UnimplementedError(message);
    case 'DataLoss': return new DataLossError(message);
    case 'Internal': return new InternalError(message);
    case 'Unknown': return new UnknownError(message);
  }
}

/** The layer's fault, the node's lack of room, or ours. */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof DavitError) return error.code;
  const errno = errnoOf(error);
  if (errno === 'ENOSPC' || errno === 'EDQUOT' || errno === 'EMFILE') return 'ResourceExhausted';
  const code: unknown = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === 'SQLITE_FULL') return 'ResourceExhausted';
  return typeof code === 'string' && /^(Z_|ZSTD_|ERR_ZSTD)/.test(code) ? 'DataLoss' : 'Internal';
}
