import { InvalidArgumentError } from '#errors';
import { DEFAULT_MAX_OUTPUT_BYTES } from '#linux';
import type { RunSpec } from '#linux';
import { LAUNCH_PAYLOAD_MAX_BYTES } from './protocol.ts';

/**
 * The payload of a RUN request.
 * @throws InvalidArgumentError when a string holds a NUL or the whole is over the limit.
 */
export function encodeRunRequest(spec: RunSpec): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(spec.timeoutMs, 0);
  head.writeBigUInt64LE(BigInt(spec.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES), 4);
  const environment = Object.entries(spec.env).map(([name, value]) => `${name}=${value}`);
  const stdin = spec.stdin ?? new Uint8Array(0);
  const payload = Buffer.concat([head, encodeString(spec.file), encodeString(spec.cwd ?? ''), encodeList(spec.args), encodeList(environment), encodeNumber(stdin.length), stdin]);
  if (payload.length > LAUNCH_PAYLOAD_MAX_BYTES) throw new InvalidArgumentError(`run "${spec.file}": arguments, environment and stdin take ${payload.length} bytes, at most ${LAUNCH_PAYLOAD_MAX_BYTES}`);
  return payload;
}

/** u32 length, bytes, NUL. */
export function encodeString(text: string): Buffer {
  if (text.includes('\0')) throw new InvalidArgumentError(`encode ${JSON.stringify(text)}: a NUL is not allowed`);
  return Buffer.concat([encodeNumber(Buffer.byteLength(text)), Buffer.from(`${text}\0`)]);
}

function encodeList(texts: readonly string[]): Buffer {
  return Buffer.concat([encodeNumber(texts.length), ...texts.map(encodeString)]);
}

function encodeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
