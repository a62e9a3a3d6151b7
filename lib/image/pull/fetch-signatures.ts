import { DataLossError } from '#errors';
import { parseManifest } from '../manifest/manifest.ts';
import type { Descriptor } from '../manifest/manifest.ts';
import { contentFailure, EndpointsFailed } from '../registry/failure.ts';
import { tryEndpoints } from '../registry/try-endpoints.ts';
import type { AttachedSignature } from '../signature/check-signatures.ts';
import { fetchDocument } from './fetch-documents.ts';
import type { FetchContext } from './fetch-documents.ts';

/** Cosign's names. */
const PAYLOAD_MEDIA_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';
const SIGNATURE_ANNOTATION = 'dev.cosignproject.cosign/signature';
const MAX_SIGNATURES = 64;
const PAYLOAD_LIMIT_BYTES = 1024 * 1024;
const MAX_SIGNATURE_CHARS = 16 * 1024;

/**
 * The signatures that cosign attached to a manifest: an image under the tag `sha256-<hex>.sig` of the same repository, each layer a payload with
 * its signature as an annotation. None when no endpoint has that tag.
 * @throws EndpointsFailed, DataLossError
 */
export async function fetchSignatures(digest: string, context: FetchContext): Promise<AttachedSignature[]> {
  const found: AttachedSignature[] = [];
  for (const layer of await signatureLayers(`${digest.replace(':', '-')}.sig`, context)) {
    const text = layer.annotations[SIGNATURE_ANNOTATION];
    if (layer.mediaType !== PAYLOAD_MEDIA_TYPE || typeof text !== 'string' || text.length > MAX_SIGNATURE_CHARS) continue;
    const payload = await fetchDocument(layer, { name: 'signature', limitBytes: PAYLOAD_LIMIT_BYTES }, context);
    found.push({ payload, signature: Buffer.from(text, 'base64'), digest: layer.digest });
  }
  return found;
}

async function signatureLayers(tag: string, context: FetchContext): Promise<readonly Descriptor[]> {
  try {
    return await tryEndpoints(`signatures ${tag}`, context.order, context, async (client) => {
      const { bytes, contentType } = await client.manifest(tag, context.signal);
      try {
        const document = parseManifest(bytes, contentType);
        if (document.kind !== 'manifest') throw new DataLossError(`signatures ${tag}: an index; expected a manifest`);
        if (document.layers.length > MAX_SIGNATURES) throw new DataLossError(`signatures ${tag}: ${document.layers.length} of them; expected at most ${MAX_SIGNATURES}`);
        return document.layers;
      } catch (error) {
        throw contentFailure(client.name, error);
      }
    });
  } catch (error) {
    if (error instanceof EndpointsFailed && error.failures.every((f) => f.kind === 'notFound')) return [];
    throw error;
  }
}
