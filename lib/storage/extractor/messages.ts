/**
 * What the daemon and an extractor (cmd/davit-unpack) say to each other. Bytes of the layer go to its stdin, as they are. Orders go to its descriptor CONTROL_FD:
 * a few fields each, a NUL behind each field. Lines of JSON come from its stdout (ExtractorMessage).
 */
import { InternalError } from '#errors';
import { isDigest, type DigestAlgorithm } from '../digest.ts';
import { isRemoteError, type RemoteError } from '../remote-error.ts';
import type { ExtractorLimits } from './limits.ts';

export const CONTROL_FD = 3;
/** Longest line that it says. */
export const MAX_LINE_CHARS = 64 * 1024;

export interface ExtractRequest {
  /** An existing, empty directory. */
  readonly directory: string;
  /** File that gets the implied directories, one a line of latin1 JSON. */
  readonly impliedFile: string;
  /** File that gets what of the archive is not in the files' data, see archive-record.ts. */
  readonly recordFile: string;
  /** Of the bytes as they come, and of the archive. */
  readonly digestAlgorithm: DigestAlgorithm;
  readonly diffIDAlgorithm: DigestAlgorithm;
  readonly limits: ExtractorLimits;
}

/** A layer begins. */
export function beginOrder({ digestAlgorithm, diffIDAlgorithm, limits, directory, impliedFile, recordFile }: ExtractRequest): string {
  const { maxEntries, maxUncompressedBytes, maxRatio, ratioGraceBytes, reservedFreeBytes } = limits;
  return order('begin', digestAlgorithm, diffIDAlgorithm, maxEntries, maxUncompressedBytes, maxRatio, ratioGraceBytes, reservedFreeBytes, directory, impliedFile, recordFile);
}

/** A processor is free: what comes in of the layer from here on is hashed by a thread of its own. */
export function apartOrder(): string {
  return order('apart');
}

/** So many bytes of the layer were all. The next begins when the daemon has heard 'done'. */
export function endOrder(bytes: number): string {
  return order('end', bytes);
}

function order(...fields: (string | number)[]): string {
  return fields.map((field) => `${field}\0`).join('');
}

export interface ExtractResult {
  /** Of the bytes as they came, '<algorithm>:<hex>'. */
  readonly digest: string;
  /** Of the archive. */
  readonly diffID: string;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  readonly entries: number;
  readonly diskBytes: number;
  readonly inodes: number;
  /** Attributes of users that were left out, as the file system has none. */
  readonly unkeptAttributes: number;
}

export type ExtractorMessage =
  | { readonly kind: 'progress'; readonly uncompressedBytes: number; readonly entries: number }
  | { readonly kind: 'done'; readonly result: ExtractResult }
  | ({ readonly kind: 'failed' } & RemoteError);

/** Of a message that is told when it is none. */
const MAX_SHOWN_CHARS = 200;

/** One line of an extractor's stdout. Its process reads strangers' bytes: whatever it was made to say is a message or an error. @throws InternalError */
export function readMessage(line: string): ExtractorMessage {
  const said = parsed(line);
  if (said && isMessage(said)) return said as unknown as ExtractorMessage;
  throw new InternalError(`unpack layer: the extractor said ${JSON.stringify(line.slice(0, MAX_SHOWN_CHARS))}, expected progress, a result or an error`);
}

type Fields = Readonly<Record<string, unknown>>;

function parsed(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isFields(value) ? value : undefined;
  } catch {
    // What it was is told with the line.
    return undefined;
  }
}

function isMessage(said: Fields): boolean {
  switch (said['kind']) {
    case 'progress': return areCounts(said, ['uncompressedBytes', 'entries']);
    case 'done': return isResult(said['result']);
    case 'failed': return isRemoteError(said);
    default: return false;
  }
}

function isResult(value: unknown): boolean {
  return isFields(value) && isDigest(value['digest']) && isDigest(value['diffID']) && areCounts(value, ['compressedBytes', 'uncompressedBytes', 'entries', 'diskBytes', 'inodes', 'unkeptAttributes']);
}

function areCounts(value: Fields, names: readonly string[]): boolean {
  return names.every((name) => Number.isSafeInteger(value[name]) && (value[name] as number) >= 0);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
