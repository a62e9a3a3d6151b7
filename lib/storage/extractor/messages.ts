/**
 * What the daemon and an extractor say to each other. Bytes of the layer go to its stdin, as they are. Lines of JSON go to its descriptor CONTROL_FD
 * (ExtractorOrder) and come from its stdout (ExtractorMessage).
 */
import type { DigestAlgorithm } from '../digest.ts';
import type { RemoteError } from '../remote-error.ts';
import type { ExtractorLimits } from './limits.ts';

export const CONTROL_FD = 3;
/** Longest line of either. */
export const MAX_LINE_CHARS = 64 * 1024;

/** A layer begins; so many bytes of it were all. The next begins when the daemon has heard 'done'. */
export type ExtractorOrder =
  | { readonly kind: 'begin'; readonly request: ExtractRequest }
  | { readonly kind: 'end'; readonly bytes: number };

export interface ExtractRequest {
  /** An existing, empty directory. */
  readonly directory: string;
  /** File that gets the implied directories, one a line of latin1 JSON. */
  readonly impliedFile: string;
  /** File that gets what of the archive is not in the files, see archive-record.ts. */
  readonly recordFile: string;
  /** Of the bytes as they come, and of the archive. */
  readonly digestAlgorithm: DigestAlgorithm;
  readonly diffIDAlgorithm: DigestAlgorithm;
  readonly limits: ExtractorLimits;
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
}

export type ExtractorMessage =
  | { readonly kind: 'progress'; readonly uncompressedBytes: number; readonly entries: number }
  | { readonly kind: 'done'; readonly result: ExtractResult }
  | ({ readonly kind: 'failed' } & RemoteError);
