/** Archives for tests, built block by block, so that they can be as wrong as an attacker likes. */

export interface EntryFixture {
  readonly name: string;
  readonly type?: string;
  readonly data?: string | Uint8Array;
  readonly linkName?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly devMajor?: number;
  readonly devMinor?: number;
  /** The size field, where it is to differ from the data's length. */
  readonly size?: number;
  /** PAX records before the entry. */
  readonly pax?: Readonly<Record<string, string | Uint8Array>>;
  /** Bytes to put over the header, before its checksum is made: offset → text in latin1. */
  readonly raw?: Readonly<Record<number, string>>;
  readonly badChecksum?: boolean;
}

const BLOCK_BYTES = 512;

/** A whole archive with its two closing blocks. */
export function archive(...entries: EntryFixture[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), Buffer.alloc(2 * BLOCK_BYTES)]);
}

/** One entry: PAX header, header, data, padding. */
export function tarEntry(fixture: EntryFixture): Buffer {
  const data = Buffer.from(fixture.data ?? '');
  const parts = [header(fixture, data.length), padded(data)];
  if (fixture.pax) parts.unshift(tarEntry({ name: 'PaxHeaders/x', type: 'x', data: paxRecords(fixture.pax) }));
  return Buffer.concat(parts);
}

/** The records of a PAX header. */
export function paxRecords(records: Readonly<Record<string, string | Uint8Array>>): Buffer {
  return Buffer.concat(Object.entries(records).map(([key, value]) => {
    const body = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
    let length = body.length + 1;
    while (String(length).length + body.length !== length) length = String(length).length + body.length;
    return Buffer.concat([Buffer.from(String(length)), body]);
  }));
}

/** A GNU long name ('L') or long link ('K') before an entry. */
export function gnuLong(type: 'L' | 'K', text: string): EntryFixture {
  return { name: '././@LongLink', type, data: `${text}\0` };
}

function header(fixture: EntryFixture, dataBytes: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(fixture.name, 0, 100, 'latin1');
  block.write(octal(fixture.mode ?? (fixture.type === '5' ? 0o755 : 0o644), 8), 100, 'latin1');
  block.write(octal(fixture.uid ?? 0, 8), 108, 'latin1');
  block.write(octal(fixture.gid ?? 0, 8), 116, 'latin1');
  block.write(octal(fixture.size ?? dataBytes, 12), 124, 'latin1');
  block.write(octal(fixture.mtime ?? 1_700_000_000, 12), 136, 'latin1');
  block.write(fixture.type ?? '0', 156, 'latin1');
  block.write(fixture.linkName ?? '', 157, 100, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(octal(fixture.devMajor ?? 0, 8), 329, 'latin1');
  block.write(octal(fixture.devMinor ?? 0, 8), 337, 'latin1');
  for (const [offset, text] of Object.entries(fixture.raw ?? {})) block.write(text, Number(offset), 'latin1');
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0) + (fixture.badChecksum === true ? 1 : 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((BLOCK_BYTES - (data.length % BLOCK_BYTES)) % BLOCK_BYTES)]);
}
