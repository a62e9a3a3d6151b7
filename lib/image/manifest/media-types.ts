/** image-spec media-types.md and Docker's registry "image-manifest-v2-2". */
export const INDEX_TYPES: ReadonlySet<string> = new Set(['application/vnd.oci.image.index.v1+json', 'application/vnd.docker.distribution.manifest.list.v2+json']);
export const MANIFEST_TYPES: ReadonlySet<string> = new Set(['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json']);
export const SCHEMA1_TYPES: ReadonlySet<string> = new Set(['application/vnd.docker.distribution.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v1+prettyjws']);
/** Content-Types of servers that do not know what they serve: the document's own word counts. */
export const UNTYPED: ReadonlySet<string> = new Set(['', 'application/json', 'application/octet-stream', 'text/plain', 'binary/octet-stream']);

export const CONFIG_TYPES: ReadonlySet<string> = new Set([
  'application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json', 'application/octet-stream', '',
]);

const LAYER = /^application\/vnd\.(?:oci\.image\.layer\.(?:nondistributable\.)?v1\.tar(?:\+gzip|\+zstd)?|docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.gzip|\.zstd)?)$/;

/** Whether the layer is a tar archive, plain or compressed as one of the forms that we unpack. */
export function isLayerType(mediaType: string): boolean {
  return LAYER.test(mediaType);
}

/** Whether the layer may lie elsewhere: only then its `urls` mean anything. */
export function isForeignLayerType(mediaType: string): boolean {
  return isLayerType(mediaType) && (mediaType.includes('.nondistributable.') || mediaType.includes('.foreign.'));
}

export function isEncryptedType(mediaType: string): boolean {
  return mediaType.endsWith('+encrypted');
}
