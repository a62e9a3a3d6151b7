/** config.dump: what davit writes down about a container that it checkpoints, under the field's names where there are some. */
import { readFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { errorText, InvalidArgumentError } from '#errors';
import type { ContainerRecord, PodRecord } from '../record.ts';

/** Raised when older davits cannot restore what newer ones write. */
const FORMAT = 1;

export interface Description {
  /** The container's, in its pod. */
  readonly name: string;
  readonly id: string;
  /** Digest of the image's config. */
  readonly rootfsImage: string;
  readonly rootfsImageRef: string;
  readonly rootfsImageName: string;
  /** 'runc 1.1.5': images of one runtime are not another's. */
  readonly runtime: string;
  readonly criu: string;
  readonly architecture: string;
  /** What programs may have found out that they can use. */
  readonly cpuFlags: readonly string[];
  readonly terminal: boolean;
  readonly stdin: boolean;
}

/** What the container's processes may rely on. */
export interface Machine { readonly architecture: string; readonly cpuFlags: readonly string[] }

export async function thisMachine(): Promise<Machine> {
  const text = await readFile('/proc/cpuinfo', 'utf8');
  return { architecture: arch(), cpuFlags: /^(?:flags|Features)\s*:\s*(.*)$/m.exec(text)?.[1]?.split(' ').filter((flag) => flag !== '') ?? [] };
}

export function describeContainer({ id, config, imageId, imageRef, createdAt, startedAt }: ContainerRecord, pod: PodRecord, made: Machine & { readonly runtime: string; readonly criu: string }): object {
  const description: Description = {
    name: config.metadata.name, id, rootfsImage: imageId, rootfsImageRef: imageRef, rootfsImageName: config.image.userSpecifiedImage || config.image.image, ...made, terminal: config.tty, stdin: config.stdin,
  };
  return {
    format: FORMAT, ...description, ociRuntime: pod.runtimeHandler, checkpointedTime: new Date().toISOString(), createdTime: time(createdAt), startedTime: time(startedAt),
    pod: { id: pod.id, ...pod.config.metadata },
  };
}

function time(ns: bigint): string {
  return new Date(Number(ns / 1_000_000n)).toISOString();
}

/** @throws InvalidArgumentError naming what is wrong */
export function parseDescription(text: string): Description {
  const value = parseObject(text, 'config.dump');
  if (value['format'] !== FORMAT) throw new InvalidArgumentError(`config.dump: format is ${JSON.stringify(value['format'])}, expected ${FORMAT}: it was not written by this davit or an older one`);
  const texts = ['name', 'id', 'rootfsImage', 'rootfsImageRef', 'rootfsImageName', 'runtime', 'criu', 'architecture'] as const;
  for (const key of texts) if (typeof value[key] !== 'string' || value[key] === '') throw new InvalidArgumentError(`config.dump: "${key}" must be text`);
  for (const key of ['terminal', 'stdin'] as const) if (typeof value[key] !== 'boolean') throw new InvalidArgumentError(`config.dump: "${key}" must be true or false`);
  const flags = value['cpuFlags'];
  if (!Array.isArray(flags) || flags.some((flag) => typeof flag !== 'string')) throw new InvalidArgumentError('config.dump: "cpuFlags" must be a list of words');
  return value as unknown as Description;
}

/** @throws InvalidArgumentError */
export function parseObject(text: string, what: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`${what} is no JSON: ${errorText(error)}`, { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InvalidArgumentError(`${what} is no JSON object`);
  return value as Record<string, unknown>;
}
