import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { DataLossError, errnoOf } from '#errors';
import { Fields } from './fields.ts';

/** How a container ended, as its monitor saw it. */
export interface ExitRecord {
  /** 0-255; 128 + signal when a signal ended it. */
  readonly exitCode: number;
  /** 0 when it ended by itself. */
  readonly signal: number;
  readonly oomKilled: boolean;
  /** 0n when it was never started. */
  readonly startedAtNs: bigint;
  readonly finishedAtNs: bigint;
  /** Log lines and bytes that a full disk has cost. */
  readonly logLostLines: number;
  readonly logLostBytes: number;
  readonly reason?: string;
}

/** The fixed size of a record's file; what the text does not fill is zero. */
const RECORD_BYTES = 512;

/**
 * Reads a container's exit record; undefined when the file is absent or reserved but not written.
 * @throws DataLossError when its checksum or form is wrong.
 */
export async function readExitRecord(path: string): Promise<ExitRecord | undefined> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > RECORD_BYTES) throw new DataLossError(`read exit record "${path}": ${bytes.length} bytes, at most ${RECORD_BYTES}`);
    return parseExitRecord(bytes);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    if (error instanceof DataLossError) throw new DataLossError(`exit record "${path}"`, { cause: error });
    throw error;
  }
}

/** A record's bytes, zero-padded or not; undefined for nothing but zeros. */
export function parseExitRecord(bytes: Buffer): ExitRecord | undefined {
  const zero = bytes.indexOf(0);
  const text = bytes.toString('latin1', 0, zero < 0 ? bytes.length : zero);
  if (text === '') return undefined;
  const trailer = /crc32=([0-9a-f]{8})\n$/.exec(text);
  if (!trailer) throw new DataLossError('read exit record: the checksum is missing');
  const sum = crc32(Buffer.from(text.slice(0, trailer.index), 'latin1')).toString(16).padStart(8, '0');
  if (sum !== trailer[1]) throw new DataLossError(`read exit record: checksum ${sum}, expected ${trailer[1]}`);
  const fields = new Fields(text);
  if (fields.number('record') !== 1) throw new DataLossError(`read exit record: version ${fields.text('record')}, expected 1`);
  const reason = fields.text('reason');
  return {
    exitCode: fields.number('exit_code'), signal: fields.number('signal'), oomKilled: fields.flag('oom_killed'),
    startedAtNs: fields.bigint('started_at_ns'), finishedAtNs: fields.bigint('finished_at_ns'),
    logLostLines: fields.number('log_lost_lines'), logLostBytes: fields.number('log_lost_bytes'),
    ...(reason === '' ? {} : { reason }),
  };
}
