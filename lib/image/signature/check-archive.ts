import { UnknownError } from '#errors';
import { SIGNATURE_VALIDATION_FAILED } from './check-signatures.ts';
import { archiveRequirementsFor } from './policy.ts';
import type { ArchiveTransport, Policy } from './policy.ts';

/** Whether the policy lets images of an archive in: archives carry no signatures. @throws UnknownError beginning with SignatureValidationFailed */
export function checkArchivePolicy(policy: Policy, transport: ArchiveTransport, path: string): void {
  const { scope, requirements } = archiveRequirementsFor(policy, transport, path);
  const strict = requirements.find(({ type }) => type !== 'insecureAcceptAnything');
  if (!strict) return;
  const why = strict.type === 'reject' ? 'the signature policy rejects it' : 'the signature policy asks for a signature, and an archive has none';
  throw new UnknownError(`${SIGNATURE_VALIDATION_FAILED}load ${JSON.stringify(path)}: ${why} (scope ${JSON.stringify(scope)} of ${policy.path})`);
}
