/** Images as messages, and credentials from theirs. */
import type { AuthConfig, ImageView } from '#image';
import type { AuthConfig as AuthMessage, Image, Input } from '../generated/cri.js';

/** Nothing in it depends on how the image was asked for. */
export function fromImage({ id, repoTags, repoDigests, sizeBytes, uid, username, pinned }: ImageView): Input<Image> {
  return { id, repoTags, repoDigests, size: BigInt(sizeBytes), ...uid !== undefined && { uid: { value: BigInt(uid) } }, username, pinned };
}

/** @returns undefined when the client gave none at all */
export function toAuth(message: AuthMessage | null): AuthConfig | undefined {
  if (message === null) return undefined;
  const { username, password, auth, serverAddress, identityToken, registryToken } = message;
  const given = [username, password, auth, identityToken, registryToken].some((text) => text !== '');
  return given ? { username, password, auth, serverAddress, identityToken, registryToken } : undefined;
}
