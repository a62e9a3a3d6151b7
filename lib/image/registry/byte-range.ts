/** A part of a blob. */
export interface ByteRange {
  readonly start: number;
  /** Exclusive; absent: the blob's end. */
  readonly end?: number;
}

/** The request header for a part (RFC 9110 section 14.2); none for the whole. */
export function rangeHeader({ start, end }: ByteRange): { range?: string } {
  return start === 0 && end === undefined ? {} : { range: `bytes=${start}-${end === undefined ? '' : end - 1}` };
}
