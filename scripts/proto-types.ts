/** The types of lib/cri/generated/cri.js as a .d.ts text. */
import protobuf from 'protobufjs';

const HEAD = `// Made by scripts/generate-proto.ts from lib/cri/proto; do not edit.
import type protobuf from 'protobufjs/minimal.js';

/** What encode() takes: any field may be left out, at any depth. */
export type Input<T> = T extends string | number | bigint | boolean | null | undefined | Uint8Array ? T
  : T extends readonly (infer E)[] ? readonly Input<E>[]
    : string extends keyof T ? Readonly<T>
      : { readonly [K in keyof T]?: Input<T[K]> | undefined };

/** Reads and writes one message. A decoded message has all its fields: those not sent hold their default. */
export interface Codec<T> {
  encode(message: Input<T>): protobuf.Writer;
  /** @throws Error when the bytes are not this message. */
  decode(bytes: Uint8Array): T;
}
`;

const SCALARS: Readonly<Record<string, string>> = {
  string: 'string', bytes: 'Uint8Array', bool: 'boolean', double: 'number', int32: 'number', uint32: 'number', int64: 'bigint', uint64: 'bigint',
};

/** @param v1 the resolved package runtime.v1 */
export function renderTypes(v1: protobuf.Namespace): string {
  const messages = v1.nestedArray.filter((o) => o instanceof protobuf.Type);
  const enums = v1.nestedArray.filter((o) => o instanceof protobuf.Enum);
  const values = [
    ...messages.map((m) => `    readonly ${m.name}: Codec<${m.name}>${nestedEnums(m).map((e) => ` & { readonly ${e.name}: ${enumType(e)} }`).join('')};`),
    ...enums.map((e) => `    readonly ${e.name}: ${enumType(e)};`),
  ];
  return [HEAD, ...messages.map(renderMessage), `export const runtime: {\n  readonly v1: {\n${values.join('\n')}\n  };\n};\n`].join('\n');
}

function renderMessage(message: protobuf.Type): string {
  if (message.fieldsArray.length === 0) return `export type ${message.name} = Record<never, never>;\n`;
  return `export interface ${message.name} {\n${message.fieldsArray.map((f) => `  ${f.name}: ${fieldType(f)};\n`).join('')}}\n`;
}

function fieldType(field: protobuf.Field): string {
  if (field instanceof protobuf.MapField) return `Record<${field.keyType}, ${elementType(field)}>`;
  if (field.repeated) return `${elementType(field)}[]`;
  return field.resolvedType instanceof protobuf.Type ? `${elementType(field)} | null` : elementType(field);
}

function elementType(field: protobuf.Field): string {
  if (field.resolvedType instanceof protobuf.Type) return field.resolvedType.name;
  // An enum is a number: a client may send one that we do not know.
  const type = field.resolvedType instanceof protobuf.Enum ? 'number' : SCALARS[field.type];
  if (type === undefined) throw new Error(`types for ${field.fullName}: no TypeScript type for ${JSON.stringify(field.type)}`);
  return type;
}

function nestedEnums(message: protobuf.Type): protobuf.Enum[] {
  return message.nestedArray.filter((o) => o instanceof protobuf.Enum);
}

function enumType(e: protobuf.Enum): string {
  return `{ ${Object.entries(e.values).map(([name, number]) => `readonly ${name}: ${number}`).join('; ')} }`;
}
