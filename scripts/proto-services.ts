/** The table of CRI's calls as TypeScript: path, messages and direction of each. */
import protobuf from 'protobufjs';

const HEAD = `// Made by scripts/generate-proto.ts from lib/cri/proto; do not edit.
import { runtime } from './cri.js';
import type * as messages from './cri.js';

const v1 = runtime.v1;
`;

/** @param v1 the resolved package runtime.v1 */
export function renderServices(v1: protobuf.Namespace): string {
  const services = v1.nestedArray.filter((o) => o instanceof protobuf.Service);
  const methods = services.flatMap((s) => s.methodsArray);
  return [
    HEAD,
    '/** Request and response of every call by its name; names are unique over both services. */',
    `export interface Calls {\n${methods.map((m) => `  ${m.name}: { request: messages.${message(m.requestType)}; response: messages.${message(m.responseType)}; stream: ${isStream(m)} };\n`).join('')}}\n`,
    `export type CallName = keyof Calls;`,
    '/** Calls with one answer. */',
    `export type UnaryName = { [N in CallName]: Calls[N]['stream'] extends true ? never : N }[CallName];`,
    '/** Calls answered by a stream of messages. */',
    `export type StreamName = Exclude<CallName, UnaryName>;\n`,
    'export interface CallType<N extends CallName> {',
    '  readonly path: string;',
    "  readonly request: messages.Codec<Calls[N]['request']>;",
    "  readonly response: messages.Codec<Calls[N]['response']>;",
    "  readonly stream: Calls[N]['stream'];",
    '}\n',
    'export const CALLS: { readonly [N in CallName]: CallType<N> } = {',
    ...services.flatMap((s) => s.methodsArray.map((m) => `  ${m.name}: { path: '/${s.fullName.slice(1)}/${m.name}', request: v1.${message(m.requestType)}, response: v1.${message(m.responseType)}, stream: ${isStream(m)} },`)),
    '};\n',
  ].join('\n');
}

function message(type: string): string {
  return type.split('.').at(-1) ?? type;
}

function isStream(method: protobuf.Method): string {
  return String(method.responseStream === true);
}
