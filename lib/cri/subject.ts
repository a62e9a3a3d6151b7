/** What a request is about, for its log line: an id or a name, never its credentials or its environment. */

const MAX_SUBJECT_CHARS = 256;

/** @returns undefined when the request names nothing */
export function subjectOf(request: object): string | undefined {
  const { containerId, podSandboxId, image, config } = request as {
    containerId?: unknown; podSandboxId?: unknown; image?: { image?: unknown } | null; config?: { metadata?: { namespace?: unknown; name?: unknown } | null } | null;
  };
  const { namespace, name } = config?.metadata ?? {};
  const podName = typeof name === 'string' ? (typeof namespace === 'string' ? `${namespace}/${name}` : name) : undefined;
  const parts = [containerId, podSandboxId, image?.image, podName].filter((part) => typeof part === 'string' && part !== '');
  return parts.length === 0 ? undefined : parts.join(' ').slice(0, MAX_SUBJECT_CHARS);
}
