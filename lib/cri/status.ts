/** Our error classes on the wire: the one place that knows both them and gRPC's status codes. */
import { status as Status } from '@grpc/grpc-js';
import {
  AlreadyExistsError, CancelledError, DataLossError, DavitError, DeadlineExceededError, errorText, FailedPreconditionError, InternalError,
  InvalidArgumentError, NotFoundError, ResourceExhaustedError, UnavailableError, UnimplementedError, UnknownError,
} from '#errors';
import type { ErrorCode } from '#errors';

/** Longest error text on the wire: it travels in a header. */
const MAX_DETAILS_CHARS = 8192;

export interface RpcStatus {
  readonly code: Status;
  readonly name: ErrorCode;
  /** The message of the error and of its causes: kubelet shows it in events. */
  readonly details: string;
}

/** What the client is told about `error`. An error of no class of ours is Unknown: the caller logs its stack. */
export function toStatus(error: unknown): RpcStatus {
  const name = errorCode(error);
  return { code: toGrpcCode(name), name, details: errorText(error).toWellFormed().slice(0, MAX_DETAILS_CHARS).toWellFormed() };
}

/** The client's way back: an error of our class for a status that is not OK. */
export function fromStatus(code: Status, details: string, cause: unknown): DavitError {
  const options = { cause };
  switch (code) {
    case Status.CANCELLED: return new CancelledError(details, options);
    case Status.INVALID_ARGUMENT: case Status.OUT_OF_RANGE: return new InvalidArgumentError(details, options);
    case Status.DEADLINE_EXCEEDED: return new DeadlineExceededError(details, options);
    case Status.NOT_FOUND: return new NotFoundError(details, options);
    case Status.ALREADY_EXISTS: return new AlreadyExistsError(details, options);
    case Status.RESOURCE_EXHAUSTED: return new ResourceExhaustedError(details, options);
    case Status.FAILED_PRECONDITION: case Status.ABORTED: return new FailedPreconditionError(details, options);
    case Status.UNIMPLEMENTED: return new UnimplementedError(details, options);
    case Status.INTERNAL: return new InternalError(details, options);
    case Status.UNAVAILABLE: return new UnavailableError(details, options);
    case Status.DATA_LOSS: return new DataLossError(details, options);
    case Status.OK: case Status.UNKNOWN: case Status.PERMISSION_DENIED: case Status.UNAUTHENTICATED: return new UnknownError(details, options);
  }
}

function errorCode(error: unknown): ErrorCode {
  if (error instanceof DavitError) return error.code;
  if (error instanceof Error && error.name === 'AbortError') return 'Cancelled';
  if (error instanceof Error && error.name === 'TimeoutError') return 'DeadlineExceeded';
  return 'Unknown';
}

function toGrpcCode(code: ErrorCode): Status {
  switch (code) {
    case 'InvalidArgument': return Status.INVALID_ARGUMENT;
    case 'NotFound': return Status.NOT_FOUND;
    case 'AlreadyExists': return Status.ALREADY_EXISTS;
    case 'FailedPrecondition': return Status.FAILED_PRECONDITION;
    case 'ResourceExhausted': return Status.RESOURCE_EXHAUSTED;
    case 'Unavailable': return Status.UNAVAILABLE;
    case 'DeadlineExceeded': return Status.DEADLINE_EXCEEDED;
    case 'Cancelled': return Status.CANCELLED;
    case 'Unimplemented': return Status.UNIMPLEMENTED;
    case 'DataLoss': return Status.DATA_LOSS;
    case 'Internal': return Status.INTERNAL;
    case 'Unknown': return Status.UNKNOWN;
  }
}
