/** Our .proto files as the lines that published.ts makes of the published descriptor. */
import protobuf from 'protobufjs';

/** @param main the .proto file that imports all others */
export function ourLines(main: string, packageName: string): string[] {
  const root = new protobuf.Root().loadSync(main, { keepCase: true }).resolveAll();
  const scope = root.lookup(packageName) as protobuf.Namespace;
  return [`syntax ${syntaxOf(scope)}`, `package ${packageName}`, ...scope.nestedArray.flatMap(objectLines)].sort();
}

function objectLines(object: protobuf.ReflectionObject): string[] {
  if (object instanceof protobuf.Type) return messageLines(object);
  if (object instanceof protobuf.Enum) return [`enum ${object.fullName}`, ...Object.entries(object.values).map(([name, number]) => `value ${object.fullName} ${number} ${name}`)];
  if (object instanceof protobuf.Service) return object.methodsArray.map((m) => methodLine(object, m));
  throw new Error(`compare ${object.fullName}: neither message nor enum nor service`);
}

function messageLines(message: protobuf.Type): string[] {
  return [
    `message ${message.fullName}`,
    ...message.fieldsArray.map((f) => `field ${message.fullName} ${f.id} ${f.name}: ${fieldType(f)}${f.partOf ? ` in ${f.partOf.name}` : ''}${options(f.options)}`),
    ...message.oneofsArray.map((o) => `oneof ${message.fullName}.${o.name}`),
    ...(message.reserved ?? []).map((r) => `reserved ${message.fullName} ${typeof r === 'string' ? r : r.join('-')}`),
    ...message.nestedArray.flatMap(objectLines),
  ];
}

function fieldType(field: protobuf.Field): string {
  if (field instanceof protobuf.MapField) return `map<${field.keyType}, ${elementType(field)}>`;
  return `${field.repeated ? 'repeated ' : ''}${elementType(field)}`;
}

function elementType(field: protobuf.Field): string {
  if (field.resolvedType === null) return field.type;
  return `${field.resolvedType instanceof protobuf.Enum ? 'enum' : 'message'} ${field.resolvedType.fullName}`;
}

function options(given: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(given).map(([name, value]) => ` ${name}=${String(value)}`).sort().join('');
}

function methodLine(service: protobuf.Service, method: protobuf.Method): string {
  const full = (type: protobuf.Type | null): string => type?.fullName ?? '?';
  return `rpc ${service.fullName}/${method.name}(${method.requestStream === true ? 'stream ' : ''}${full(method.resolvedRequestType)})`
    + ` returns (${method.responseStream === true ? 'stream ' : ''}${full(method.resolvedResponseType)})`;
}

/** Every file of ours says the same; protobufjs keeps it with each message. */
function syntaxOf(scope: protobuf.Namespace): string {
  const editions = new Set(scope.nestedArray.map((object) => (object as unknown as { _edition?: string })._edition));
  return [...editions].join(' and ');
}
