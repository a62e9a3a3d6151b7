/** Any message of CRI v1, filled from its descriptor. */
import { join } from 'node:path';
import protobuf from 'protobufjs';
import type { Random } from './random.ts';

export type Message = Record<string, unknown>;
/** A value for a field by 'Message.field', where not any will do: paths on the host, commands, times. */
export type Pool = (name: string) => readonly unknown[] | undefined;

const PROTO = join(import.meta.dirname, '../../../lib/cri/proto/service.proto');
/** How deep messages lie in each other; CRI's go to six. */
const MAX_DEPTH = 7;
const MAX_REPEATED = 3;
const LONG_TEXT_CHARS = 5000;

const TEXTS = ['', 'a', 'text', '0', '-1', '../..', '/', '//', '/etc/../x', 'ä€😀', 'with space', 'a\nb', 'nul\0nul', '%s%n', '$(reboot)', '"quote\'', '\ud800', 'x'.repeat(LONG_TEXT_CHARS), '{"a":1}', '__proto__', 'constructor'];
const BIGINTS = [0n, 1n, -1n, 2n, 1000n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 62n, 2n ** 63n - 1n, -(2n ** 63n)];
const NUMBERS = [0, 1, -1, 2, 80, 65_535, 65_536, 2 ** 31 - 1, -(2 ** 31)];
const ENUMS = [0, 1, 2, 3, 4, 99, -1];

export interface MessageFactory {
  /** Any message of this type at all. */
  any(type: string, random: Random): Message;
  /** `message` with some of its fields, at any depth, changed to any value. */
  mutated(type: string, message: Message, random: Random): Message;
  /** The request's type of a call. */
  requestType(rpc: string): string;
  /** Names of the calls, and whether each one streams. */
  readonly calls: readonly { readonly name: string; readonly stream: boolean }[];
}

export function createMessages(pool: Pool): MessageFactory {
  const root = new protobuf.Root().loadSync(PROTO).resolveAll().lookup('runtime.v1') as protobuf.Namespace;
  const methods = root.nestedArray.filter((o) => o instanceof protobuf.Service).flatMap((service) => service.methodsArray);
  const types = new Map(methods.map((method) => [method.name, method.requestType]));

  const fill = (type: protobuf.Type, random: Random, depth: number): Message => Object.fromEntries(type.fieldsArray.filter(() => random.chance(0.5)).map((field) => [field.name, value(type, field, random, depth)]));
  const value = (type: protobuf.Type, field: protobuf.Field, random: Random, depth: number): unknown => {
    const among = pool(`${type.name}.${field.name}`);
    const one = (): unknown => (among ? random.pick(among) : scalarOrMessage(field, random, depth));
    if (field instanceof protobuf.MapField) return Object.fromEntries(Array.from({ length: random.integer(MAX_REPEATED) }, () => [random.pick(TEXTS), random.pick(TEXTS)]));
    return field.repeated ? Array.from({ length: random.integer(MAX_REPEATED + 1) }, one) : one();
  };
  const scalarOrMessage = (field: protobuf.Field, random: Random, depth: number): unknown => {
    if (field.resolvedType instanceof protobuf.Type) return depth >= MAX_DEPTH ? {} : fill(field.resolvedType, random, depth + 1);
    return field.resolvedType ? random.pick(ENUMS) : scalar(field.type, random);
  };
  const mutate = (type: protobuf.Type, message: Message, random: Random, depth: number): Message => {
    const field = random.pick(type.fieldsArray);
    const there = message[field.name];
    const goIn = field.resolvedType instanceof protobuf.Type && !field.repeated && !(field instanceof protobuf.MapField) && depth < MAX_DEPTH && random.chance(0.8);
    const next = goIn && field.resolvedType instanceof protobuf.Type ? mutate(field.resolvedType, (there ?? {}) as Message, random, depth + 1) : value(type, field, random, depth);
    return { ...message, [field.name]: next };
  };
  return {
    any: (type, random) => fill(root.lookupType(type), random, 0),
    mutated: (type, message, random) => (root.lookupType(type).fieldsArray.length === 0 ? message : mutate(root.lookupType(type), message, random, 0)),
    requestType: (rpc) => types.get(rpc) ?? '',
    calls: methods.map(({ name, responseStream }) => ({ name, stream: responseStream === true })),
  };
}

function scalar(type: string, random: Random): unknown {
  if (type === 'string') return random.pick(TEXTS);
  if (type === 'bool') return random.chance(0.5);
  if (type === 'bytes') return Buffer.from(random.pick(TEXTS));
  return type.endsWith('64') ? unsigned(type, random.pick(BIGINTS)) : unsigned(type, random.pick(NUMBERS));
}

function unsigned<T extends number | bigint>(type: string, value: T): T {
  return type.startsWith('u') && value < 0 ? -value as T : value;
}
