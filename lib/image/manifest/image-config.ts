import { DataLossError, InvalidArgumentError } from '#errors';
import { DIGEST_FORM, isDigest } from '../digest.ts';

/** What an image asks of its containers (image-spec config.md), with nothing left undefined. */
export interface OciImageConfig {
  readonly os: string;
  readonly architecture: string;
  /** RFC 3339; '' when not said. */
  readonly created: string;
  readonly env: readonly string[];
  readonly cmd: readonly string[];
  readonly entrypoint: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly volumes: readonly string[];
  readonly stopSignal: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly exposedPorts: readonly string[];
  /** Digests of the plain layers, bottom first. */
  readonly diffIDs: readonly string[];
}

/** @throws DataLossError naming the field that is not what the image-spec says. */
export function parseImageConfig(bytes: Uint8Array): OciImageConfig {
  const document = object(parseJson(bytes), 'it');
  const config = object(document['config'] ?? {}, 'config');
  const rootfs = object(document['rootfs'], 'rootfs');
  return {
    os: string(document['os'], 'os'), architecture: string(document['architecture'], 'architecture'), created: string(document['created'], 'created'),
    env: strings(config['Env'], 'config.Env'), cmd: strings(config['Cmd'], 'config.Cmd'), entrypoint: strings(config['Entrypoint'], 'config.Entrypoint'),
    workingDir: string(config['WorkingDir'], 'config.WorkingDir'), user: string(config['User'], 'config.User'), stopSignal: string(config['StopSignal'], 'config.StopSignal'),
    volumes: Object.keys(object(config['Volumes'] ?? {}, 'config.Volumes')), exposedPorts: Object.keys(object(config['ExposedPorts'] ?? {}, 'config.ExposedPorts')),
    labels: Object.fromEntries(Object.entries(object(config['Labels'] ?? {}, 'config.Labels')).map(([k, v]) => [k, string(v, `config.Labels.${k}`)])),
    diffIDs: strings(rootfs['diff_ids'], 'rootfs.diff_ids').map((d, i) => diffID(d, i)),
  };
}

/** @throws InvalidArgumentError when the config and its manifest cannot be of one image for `os` */
export function checkImage(config: OciImageConfig, layerCount: number, os: string): void {
  if (config.diffIDs.length !== layerCount) throw new DataLossError(`the manifest has ${layerCount} layers, the image config ${config.diffIDs.length} diff_ids; expected the same number`);
  if (config.os !== '' && config.os !== os) throw new InvalidArgumentError(`the image is for ${JSON.stringify(config.os)}; expected ${os}`);
}

function diffID(value: string, index: number): string {
  if (isDigest(value)) return value;
  throw malformed(`rootfs.diff_ids[${index}] is ${JSON.stringify(value.slice(0, 120))}; ${DIGEST_FORM}`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('it is no JSON');
  }
}

function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw malformed(`${where} is no object`);
}

function string(value: unknown, where: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw malformed(`${where} is no string`);
}

function strings(value: unknown, where: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((v) => typeof v === 'string')) return value;
  throw malformed(`${where} is no list of strings`);
}

function malformed(why: string): DataLossError {
  return new DataLossError(`the image config is malformed: ${why}`);
}
