/** The published descriptor of CRI v1, as lines that can be compared with ours: one for each thing that the wire or a client can see. */

/** protobuf's JSON form of FileDescriptorProto, as far as CRI uses it. */
export interface FileDescriptor {
  readonly package: string;
  readonly syntax: string;
  readonly messageType: readonly MessageDescriptor[];
  readonly enumType: readonly EnumDescriptor[];
  readonly service: readonly ServiceDescriptor[];
}
interface MessageDescriptor {
  readonly name: string;
  readonly field?: readonly FieldDescriptor[];
  readonly nestedType?: readonly MessageDescriptor[];
  readonly enumType?: readonly EnumDescriptor[];
  readonly oneofDecl?: readonly { readonly name: string }[];
  readonly reservedRange?: readonly { readonly start: number; readonly end: number }[];
  readonly reservedName?: readonly string[];
  readonly options?: { readonly mapEntry?: boolean };
}
interface FieldDescriptor {
  readonly name: string;
  readonly number: number;
  readonly label: string;
  readonly type: string;
  readonly typeName?: string;
  readonly oneofIndex?: number;
  readonly options?: Readonly<Record<string, unknown>>;
}
interface EnumDescriptor { readonly name: string; readonly value: readonly { readonly name: string; readonly number?: number }[]; readonly reservedRange?: readonly unknown[] }
interface ServiceDescriptor {
  readonly name: string;
  readonly method: readonly { readonly name: string; readonly inputType: string; readonly outputType: string; readonly clientStreaming?: boolean; readonly serverStreaming?: boolean }[];
}

export function publishedLines(file: FileDescriptor): string[] {
  return [
    `syntax ${file.syntax}`, `package ${file.package}`,
    ...file.messageType.flatMap((m) => messageLines(m, `.${file.package}`)),
    ...file.enumType.flatMap((e) => enumLines(e, `.${file.package}`)),
    ...file.service.flatMap((s) => serviceLines(s, `.${file.package}`)),
  ].sort();
}

function messageLines(message: MessageDescriptor, scope: string): string[] {
  const path = `${scope}.${message.name}`;
  const maps = new Map((message.nestedType ?? []).filter((n) => n.options?.mapEntry === true).map((n) => [`${path}.${n.name}`, n]));
  return [
    `message ${path}`,
    ...(message.field ?? []).map((f) => `field ${path} ${f.number} ${f.name}: ${fieldType(f, maps)}${oneof(f, message)}${options(f.options)}`),
    ...(message.oneofDecl ?? []).map((o) => `oneof ${path}.${o.name}`),
    ...(message.reservedRange ?? []).map((r) => `reserved ${path} ${r.start}-${r.end - 1}`),
    ...(message.reservedName ?? []).map((n) => `reserved ${path} ${n}`),
    ...(message.enumType ?? []).flatMap((e) => enumLines(e, path)),
    ...(message.nestedType ?? []).filter((n) => n.options?.mapEntry !== true).flatMap((n) => messageLines(n, path)),
  ];
}

function fieldType(field: FieldDescriptor, maps: ReadonlyMap<string, MessageDescriptor>): string {
  const [key, value] = maps.get(field.typeName ?? '')?.field ?? [];
  if (key && value) return `map<${elementType(key)}, ${elementType(value)}>`;
  return `${field.label === 'LABEL_REPEATED' ? 'repeated ' : ''}${elementType(field)}`;
}

function elementType(field: FieldDescriptor): string {
  return field.typeName === undefined ? field.type.replace('TYPE_', '').toLowerCase() : `${field.type === 'TYPE_ENUM' ? 'enum' : 'message'} ${field.typeName}`;
}

function oneof(field: FieldDescriptor, message: MessageDescriptor): string {
  return field.oneofIndex === undefined ? '' : ` in ${message.oneofDecl?.[field.oneofIndex]?.name ?? '?'}`;
}

/** `debugRedact` in protobuf's JSON is `debug_redact` in a .proto. */
function options(given: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(given).map(([name, value]) => ` ${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}=${String(value)}`).sort().join('');
}

function enumLines(e: EnumDescriptor, scope: string): string[] {
  return [`enum ${scope}.${e.name}`, ...e.value.map((v) => `value ${scope}.${e.name} ${v.number ?? 0} ${v.name}`)];
}

function serviceLines(service: ServiceDescriptor, scope: string): string[] {
  return service.method.map((m) =>
    `rpc ${scope}.${service.name}/${m.name}(${m.clientStreaming === true ? 'stream ' : ''}${m.inputType}) returns (${m.serverStreaming === true ? 'stream ' : ''}${m.outputType})`);
}
