import { DataLossError, DavitError, errorOfCode, errorText, FailedPreconditionError, InternalError, NotFoundError, UnknownError } from '#errors';
import { EndpointsFailed } from '../registry/failure.ts';
import { SIGNATURE_VALIDATION_FAILED } from '../signature/check-signatures.ts';
import type { EndpointFailure } from '../registry/failure.ts';

/** kubelet shows ErrImagePull's reason RegistryUnavailable for texts that begin so (cri-api pkg/errors). */
const REGISTRY_UNAVAILABLE = 'RegistryUnavailable: ';

/** What a caller of pull sees: one of our classes, with the image, each endpoint asked, whose credentials, and the answer. */
export function pullError(reference: string, error: unknown): Error {
  const prefix = `pull image "${reference}": `;
  if (error instanceof EndpointsFailed) return endpointsError(prefix, error);
  if (!(error instanceof DavitError)) return new InternalError(`${prefix}${errorText(error)}`, { cause: error });
  if (error.message.startsWith(prefix) || error.message.startsWith(SIGNATURE_VALIDATION_FAILED)) return error;
  return errorOfCode(error.code, `${prefix}${error.message}`, { cause: error });
}

/** Whether another registry of a search list may still have the image. */
export function mayBeElsewhere(error: unknown): boolean {
  return error instanceof NotFoundError || (error instanceof UnknownError && error.message.startsWith(REGISTRY_UNAVAILABLE));
}

/** With what the registries of a search list said that were asked before. */
export function withEarlier(error: Error, earlier: readonly Error[]): Error {
  if (earlier.length === 0 || !(error instanceof DavitError)) return error;
  return errorOfCode(error.code, [...earlier, error].reverse().map(({ message }) => message).join('; before that: '), { cause: error });
}

function endpointsError(prefix: string, error: EndpointsFailed): DavitError {
  const text = `${prefix}${error.what}: ${error.failures.map((f) => `${f.endpoint}: ${f.message}`).join('; ')}`;
  const of = (kind: EndpointFailure['kind']): EndpointFailure | undefined => error.failures.find((f) => f.kind === kind);
  const wrong = of('content');
  if (wrong) return wrong.cause instanceof DavitError ? errorOfCode(wrong.cause.code, text, { cause: wrong.cause }) : new DataLossError(text, { cause: wrong.cause });
  if (of('unauthorized')) return new FailedPreconditionError(text);
  if (error.failures.every((f) => f.kind === 'notFound')) return new NotFoundError(text);
  return new UnknownError(REGISTRY_UNAVAILABLE + text, { cause: error.failures[0]?.cause });
}
