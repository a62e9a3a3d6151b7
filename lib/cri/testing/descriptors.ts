/** The messages of CRI v1 as lib/cri/proto has them, and the way to each from a request. */
import { join } from 'node:path';
import protobuf from 'protobufjs';

export interface FieldDescriptor {
  /** As the .proto files spell it. */
  readonly name: string;
  /** As the generated code spells it. */
  readonly key: string;
  readonly kind: 'message' | 'map' | 'enum' | 'bool' | 'string' | 'bytes' | 'bigint' | 'number';
  readonly repeated: boolean;
  /** Of a message's field: that message. */
  readonly message: string | undefined;
}

/** A field of a request, at any depth. */
export interface RequestField {
  /** The call whose request holds it first. */
  readonly rpc: string;
  /** The message that declares it, and the fields that lead there from the request. */
  readonly message: string;
  readonly path: readonly FieldDescriptor[];
  readonly field: FieldDescriptor;
}

const PROTO = join(import.meta.dirname, '../proto/service.proto');

/** Every message by name. */
export function messages(): ReadonlyMap<string, readonly FieldDescriptor[]> {
  const [snake, camel] = [load(true), load(false)];
  return new Map(snake.nestedArray.filter((o) => o instanceof protobuf.Type).map((type) => {
    const generated = camel.lookupType(type.name);
    return [type.name, type.fieldsArray.map((field) => describe(field, generated.fieldsById[field.id]?.name ?? field.name))];
  }));
}

/** Names of request and response message of every call. */
export function calls(): ReadonlyMap<string, { readonly request: string; readonly response: string }> {
  const services = load(true).nestedArray.filter((o) => o instanceof protobuf.Service);
  return new Map(services.flatMap((service) => service.methodsArray.map((m) => [m.name, { request: m.requestType, response: m.responseType }])));
}

/** What a message means shows best in a configuration. */
const CONFIGURING = ['RunPodSandbox', 'CreateContainer'];

/** Every field that a client can send, once, by its shortest way from a request: from one that configures, if any leads there. */
export function requestFields(): RequestField[] {
  const seen = new Set<string>();
  const all = [...calls()].map(([rpc, { request }]) => ({ rpc, message: request, path: [] }));
  return [...walk(all.filter(({ rpc }) => CONFIGURING.includes(rpc)), seen), ...walk(all, seen)];
}

/** Breadth first. */
function walk(from: readonly Pick<RequestField, 'rpc' | 'message' | 'path'>[], seen: Set<string>): RequestField[] {
  const all = messages();
  const found: RequestField[] = [];
  const queue = [...from];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { rpc, message, path } = next;
    if (seen.has(message)) continue;
    seen.add(message);
    for (const field of all.get(message) ?? []) {
      found.push({ rpc, message, path, field });
      if (field.message !== undefined) queue.push({ rpc, message: field.message, path: [...path, field] });
    }
  }
  return found;
}

function load(keepCase: boolean): protobuf.Namespace {
  return new protobuf.Root().loadSync(PROTO, { keepCase }).resolveAll().lookup('runtime.v1') as protobuf.Namespace;
}

const NUMBERS: Readonly<Record<string, FieldDescriptor['kind']>> = { int64: 'bigint', uint64: 'bigint', bool: 'bool', string: 'string', bytes: 'bytes' };

function describe(field: protobuf.Field, key: string): FieldDescriptor {
  const { resolvedType } = field;
  const kind = field instanceof protobuf.MapField ? 'map' : resolvedType instanceof protobuf.Type ? 'message' : resolvedType ? 'enum' : NUMBERS[field.type] ?? 'number';
  return { name: field.name, key, kind, repeated: field.repeated, message: kind === 'message' ? resolvedType?.name : undefined };
}
