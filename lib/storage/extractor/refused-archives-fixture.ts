/** What both readers of archives refuse: the extractor, and TarReader, which proves and exports layers. */
import { DataLossError, ResourceExhaustedError, UnimplementedError } from '#errors';
import { archive, paxRecords, tarEntry } from './archive-fixture.ts';
import { MAX_METADATA_BYTES } from './limits.ts';

/** More are refused. */
export const MAX_FIXTURE_ENTRIES = 1000;

/** Archives that no reader takes. */
export const refusedArchives: { name: string; bytes: Buffer; error: new (message: string) => Error }[] = [
  { name: 'a wrong checksum', bytes: archive({ name: 'f', badChecksum: true }), error: DataLossError },
  { name: 'a number that is not octal', bytes: archive({ name: 'f', raw: { 124: '99999999999\0' } }), error: DataLossError },
  { name: 'a size over 2^53', bytes: archive({ name: 'f', raw: { 124: '\x80\x7f\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff' } }), error: DataLossError },
  { name: 'a negative size', bytes: archive({ name: 'f', raw: { 124: '\xff'.repeat(12) } }), error: DataLossError },
  { name: 'an unknown type', bytes: archive({ name: 'f', type: 'Z' }), error: DataLossError },
  { name: 'an old GNU sparse file', bytes: archive({ name: 'f', type: 'S' }), error: UnimplementedError },
  { name: 'a PAX sparse file', bytes: archive({ name: 'f', pax: { 'GNU.sparse.major': '1' } }), error: UnimplementedError },
  { name: 'a PAX header of a gigabyte', bytes: archive({ name: 'x', type: 'x', size: 1024 ** 3 }), error: ResourceExhaustedError },
  { name: 'a GNU long name over the limit', bytes: archive({ name: 'x', type: 'L', size: MAX_METADATA_BYTES + 1 }), error: ResourceExhaustedError },
  { name: 'an empty GNU long name', bytes: archive({ name: 'x', type: 'L', data: '\0' }, { name: 'f' }), error: DataLossError },
  { name: 'a NUL in a PAX path', bytes: archive({ name: 'f', pax: { path: 'a\0b' } }), error: DataLossError },
  { name: 'a PAX size that is no number', bytes: archive({ name: 'f', pax: { size: '-1' } }), error: DataLossError },
  { name: 'a PAX record without its newline', bytes: archive({ name: 'x', type: 'x', data: '9 path=ab' }, { name: 'f' }), error: DataLossError },
  { name: 'a PAX record longer than its header', bytes: archive({ name: 'x', type: 'x', data: '99 path=a\n' }, { name: 'f' }), error: DataLossError },
  { name: 'a PAX record without a key', bytes: archive({ name: 'x', type: 'x', data: '6 =ab\n' }, { name: 'f' }), error: DataLossError },
  { name: 'a header behind a single block of zeros', bytes: Buffer.concat([tarEntry({ name: 'a' }), Buffer.alloc(512), archive({ name: 'b' })]), error: DataLossError },
  { name: 'a PAX header at the end', bytes: tarEntry({ name: 'x', type: 'x', data: paxRecords({ path: 'y' }) }), error: DataLossError },
  { name: 'more entries than allowed', bytes: archive(...Array.from({ length: MAX_FIXTURE_ENTRIES + 1 }, (_, i) => ({ name: `f${i}` }))), error: ResourceExhaustedError },
  { name: 'metadata without end', bytes: archive(...Array.from({ length: 4 * MAX_FIXTURE_ENTRIES + 1 }, () => ({ name: 'g', type: 'g' }))), error: ResourceExhaustedError },
];
