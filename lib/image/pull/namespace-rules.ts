import type { AuthFile } from '../credentials/auth-file.ts';
import { takeNamespacedAuth } from '../credentials/namespaced-auth.ts';
import type { Reference } from '../reference.ts';
import type { PolicyFile } from '../signature/load-policy.ts';
import { policyFileFor } from '../signature/namespaced-policy.ts';

/** Where crio.conf keeps what is a namespace's own; '' for nowhere. */
export interface NamespaceDirectories { readonly policies: string; readonly credentials: string }

/** What counts for one pull: the node's, or its pod's namespace's. */
export interface NamespaceRules { readonly policy: PolicyFile | undefined; readonly credentials: AuthFile | undefined }

/** Kubernetes' DNS label: nothing else may become part of a path. */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** @param namespace of the pod that the image is for; absent: no pod's. @throws InvalidArgumentError when a file of the namespace cannot be read */
export async function rulesFor(namespace: string | undefined, reference: Reference | undefined, { policies, credentials }: NamespaceDirectories, nodeWide: PolicyFile | undefined): Promise<NamespaceRules> {
  if (namespace === undefined || !NAMESPACE.test(namespace)) return { policy: nodeWide, credentials: undefined };
  return {
    policy: policies === '' ? nodeWide : await policyFileFor(policies, namespace, nodeWide),
    credentials: credentials === '' || !reference ? undefined : await takeNamespacedAuth(credentials, namespace, reference),
  };
}
