import { DataLossError, InvalidArgumentError, UnimplementedError } from '#errors';
import { DIGEST_FORM, isDigest } from '../digest.ts';
import { MAX_LAYERS } from '../limits.ts';
import { INDEX_TYPES, MANIFEST_TYPES, SCHEMA1_TYPES, UNTYPED } from './media-types.ts';

/** image-spec descriptor.md, checked. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly urls: readonly string[];
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant: string };
}

/** An image manifest or an index of manifests, in OCI's or Docker's form. */
export type ManifestDocument =
  | { readonly kind: 'manifest'; readonly config: Descriptor; readonly layers: readonly Descriptor[] }
  | { readonly kind: 'index'; readonly manifests: readonly Descriptor[] };

/**
 * Reads a manifest. What it is must be said once and the same way by Content-Type, `mediaType` and the fields (CVE-2021-41190).
 * @param contentType what the registry says; '' when nothing
 * @param named the type by which an index names it; '' when none does
 * @throws DataLossError when it is malformed or ambiguous, UnimplementedError for schema 1, InvalidArgumentError for other things than images.
 */
export function parseManifest(bytes: Uint8Array, contentType: string, named = ''): ManifestDocument {
  const document = parseObject(bytes);
  const mediaType = typeof document['mediaType'] === 'string' ? document['mediaType'] : '';
  if (SCHEMA1_TYPES.has(contentType) || SCHEMA1_TYPES.has(mediaType) || document['schemaVersion'] === 1) {
    throw new UnimplementedError('the manifest is of Docker schema version 1, which names no config; expected an OCI or Docker schema 2 manifest: push the image again with a current tool');
  }
  if (document['schemaVersion'] !== 2) throw malformed(`schemaVersion is ${show(document['schemaVersion'])}; expected 2`);
  const said = UNTYPED.has(contentType) ? mediaType : contentType;
  if (mediaType !== '' && said !== mediaType) throw malformed(`the registry calls it ${show(said)}, the document itself ${show(mediaType)}; expected the same`);
  const looksLikeIndex = 'manifests' in document;
  const looksLikeManifest = 'config' in document || 'layers' in document || 'fsLayers' in document;
  if (looksLikeIndex === looksLikeManifest) throw malformed(looksLikeIndex ? 'it has the fields of an index and of a manifest; expected those of one' : 'it has neither manifests nor config and layers');
  // OCI's and Docker's are read alike: which of them the index says is no lie to anybody.
  if ((looksLikeIndex ? MANIFEST_TYPES : INDEX_TYPES).has(named)) throw malformed(`the index that names it calls it ${looksLikeIndex ? 'a manifest, and it is an index' : 'an index, and it is a manifest'}`);
  if (looksLikeIndex) return parseIndex(document, said);
  return parseImage(document, said);
}

/** The annotations of a manifest that has been read before; those that are no text are left out. */
export function manifestAnnotations(bytes: Uint8Array): Record<string, string> {
  const { annotations } = parseObject(bytes);
  return isObject(annotations) ? Object.fromEntries(Object.entries(annotations).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};
}

function parseIndex(document: Record<string, unknown>, mediaType: string): ManifestDocument {
  if (mediaType !== '' && !INDEX_TYPES.has(mediaType)) throw malformed(`an index is called ${show(mediaType)}`);
  const entries = document['manifests'];
  if (!Array.isArray(entries)) throw malformed('manifests is no list');
  return { kind: 'index', manifests: entries.map((entry, i) => parseDescriptor(entry, `manifests[${i}]`)) };
}

function parseImage(document: Record<string, unknown>, mediaType: string): ManifestDocument {
  if (mediaType !== '' && !MANIFEST_TYPES.has(mediaType)) throw malformed(`a manifest is called ${show(mediaType)}`);
  if (typeof document['artifactType'] === 'string' && document['artifactType'] !== '') throw new InvalidArgumentError(`the manifest is an artifact of type ${show(document['artifactType'])}; expected a container image`);
  const layers = document['layers'];
  if (!Array.isArray(layers)) throw malformed('layers is no list');
  if (layers.length > MAX_LAYERS) throw malformed(`${layers.length} layers; expected at most ${MAX_LAYERS}`);
  return { kind: 'manifest', config: parseDescriptor(document['config'], 'config'), layers: layers.map((layer, i) => parseDescriptor(layer, `layers[${i}]`)) };
}

function parseDescriptor(value: unknown, where: string): Descriptor {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(`${where} is no object`);
  const d = value as Record<string, unknown>;
  const size = d['size'];
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw malformed(`${where}.size is ${show(size)}; expected a number of bytes`);
  const urls = d['urls'] ?? [];
  if (!Array.isArray(urls) || !urls.every((u) => typeof u === 'string')) throw malformed(`${where}.urls is no list of strings`);
  const platform = d['platform'];
  return {
    mediaType: typeof d['mediaType'] === 'string' ? d['mediaType'] : '', digest: digestAt(d['digest'], where), size, urls,
    annotations: isObject(d['annotations']) ? d['annotations'] : {},
    ...(isObject(platform) && { platform: { os: text(platform['os']), architecture: text(platform['architecture']), variant: text(platform['variant']) } }),
  };
}

function digestAt(value: unknown, where: string): string {
  if (typeof value === 'string' && isDigest(value)) return value;
  throw malformed(`${where}.digest is ${show(value)}; ${DIGEST_FORM}`);
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('it is no JSON');
  }
  if (!isObject(document)) throw malformed('it is no JSON object');
  return document;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 120);
}

function malformed(why: string): DataLossError {
  return new DataLossError(`the manifest is malformed: ${why}`);
}
