/**
 * Error classes by what the caller must do, with the names of gRPC's codes
 * (https://grpc.io/docs/guides/status-codes/). lib/cri maps `code` to a status in one place.
 */
export type ErrorCode =
  | 'InvalidArgument' | 'NotFound' | 'AlreadyExists' | 'FailedPrecondition' | 'ResourceExhausted' | 'Unavailable'
  | 'DeadlineExceeded' | 'Cancelled' | 'Unimplemented' | 'DataLoss' | 'Internal' | 'Unknown';

/** Every error that davit raises on purpose. `message` says action, quoted value, current and wanted state. */
export abstract class DavitError extends Error {
  abstract readonly code: ErrorCode;
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The request is wrong whatever the state of the node. */
export class InvalidArgumentError extends DavitError { readonly code = 'InvalidArgument'; }
/** The thing named does not exist. */
export class NotFoundError extends DavitError { readonly code = 'NotFound'; }
/** The identity is taken by another request; the message says what differs. */
export class AlreadyExistsError extends DavitError { readonly code = 'AlreadyExists'; }
/** The thing is in a state that does not allow the request. */
export class FailedPreconditionError extends DavitError { readonly code = 'FailedPrecondition'; }
/** A named limit is reached. */
export class ResourceExhaustedError extends DavitError { readonly code = 'ResourceExhausted'; }
/** Something outside does not answer; a retry may help. */
export class UnavailableError extends DavitError { readonly code = 'Unavailable'; }
/** A deadline passed; the message says stage, elapsed time and last progress. */
export class DeadlineExceededError extends DavitError { readonly code = 'DeadlineExceeded'; }
/** The caller went away. */
export class CancelledError extends DavitError { readonly code = 'Cancelled'; }
/** The node's kernel or runtime, or this version of davit, cannot do it. */
export class UnimplementedError extends DavitError { readonly code = 'Unimplemented'; }
/** Bytes are not what their digest or format says. */
export class DataLossError extends DavitError { readonly code = 'DataLoss'; }
/** A bug of davit or a broken node. */
export class InternalError extends DavitError { readonly code = 'Internal'; }
/** Errors whose text prefix kubelet reads (RegistryUnavailable, RROUnsupported, …): cri-api pkg/errors. */
export class UnknownError extends DavitError { readonly code = 'Unknown'; }

const CLASSES: Readonly<Record<ErrorCode, new (message: string, options?: { cause?: unknown }) => DavitError>> = {
  InvalidArgument: InvalidArgumentError, NotFound: NotFoundError, AlreadyExists: AlreadyExistsError, FailedPrecondition: FailedPreconditionError,
  ResourceExhausted: ResourceExhaustedError, Unavailable: UnavailableError, DeadlineExceeded: DeadlineExceededError, Cancelled: CancelledError,
  Unimplemented: UnimplementedError, DataLoss: DataLossError, Internal: InternalError, Unknown: UnknownError,
};

/** An error of the class that `code` names; Unknown for a text that is no code, as one from another process may be. */
export function errorOfCode(code: string, message: string, options?: { cause?: unknown }): DavitError {
  return new (Object.hasOwn(CLASSES, code) ? CLASSES[code as ErrorCode] : UnknownError)(message, options);
}

/** The errno name ('ENOENT') of a system error or of one in its chain of causes. */
export function errnoOf(error: unknown): string | undefined {
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const code = (e as NodeJS.ErrnoException).code;
    if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) return code;
  }
  return undefined;
}

/** One line: the message and those of its causes, joined by ': ', each text once. */
export function errorText(error: unknown): string {
  const parts: string[] = [];
  for (let e: unknown = error, depth = 0; e !== undefined && e !== null && depth < 8; depth++) {
    const text = e instanceof Error ? e.message : typeof e === 'string' ? e : JSON.stringify(e) ?? '';
    if (text !== '' && !parts.some((p) => p.includes(text))) parts.push(text);
    e = e instanceof Error ? e.cause : undefined;
  }
  return parts.join(': ');
}
