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
  return new CLASSES[code](message);
}

/** Whether what came is one: who sent it may have been made to say anything. */
export function isRemoteError(value: object): value is RemoteError {
  const { code, message } = value as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' && Object.hasOwn(CLASSES, code) && typeof message === 'string';
}

const CLASSES: Readonly<Record<ErrorCode, new (message: string) => DavitError>> = {
  InvalidArgument: InvalidArgumentError, NotFound: NotFoundError, AlreadyExists: AlreadyExistsError, FailedPrecondition: FailedPreconditionError, ResourceExhausted: ResourceExhaustedError,
  Unavailable: UnavailableError, DeadlineExceeded: DeadlineExceededError, Cancelled: CancelledError, Unimplemented: UnimplementedError, DataLoss: DataLossError, Internal: InternalError, Unknown: UnknownError,
};

/** The layer's fault, the node's lack of room, or ours. */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof DavitError) return error.code;
  const errno = errnoOf(error);
  if (errno === 'ENOSPC' || errno === 'EDQUOT' || errno === 'EMFILE') return 'ResourceExhausted';
  const code: unknown = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === 'SQLITE_FULL') return 'ResourceExhausted';
  return typeof code === 'string' && /^(Z_|ZSTD_|ERR_ZSTD)/.test(code) ? 'DataLoss' : 'Internal';
}
