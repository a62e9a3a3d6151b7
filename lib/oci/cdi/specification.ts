/** A CDI specification: https://github.com/cncf-tags/container-device-interface/blob/v1.0.0/SPEC.md. Names are the JSON's. */
import { array, object, optionalNumber, strings, text } from '../json-fields.ts';
import type { HookName, SpecHook } from '../spec/types.ts';

export interface CdiSpecification {
  /** 'vendor.com/class'. */
  readonly kind: string;
  readonly devices: ReadonlyMap<string, ContainerEdits>;
  /** For whoever gets any of the devices. */
  readonly containerEdits: ContainerEdits;
}

export interface ContainerEdits {
  readonly env: readonly string[];
  readonly deviceNodes: readonly CdiDeviceNode[];
  readonly mounts: readonly CdiMount[];
  readonly hooks: readonly { readonly name: HookName; readonly hook: SpecHook }[];
  readonly additionalGids: readonly number[];
}

/** What is absent is read from the node. */
export interface CdiDeviceNode {
  readonly path: string;
  readonly hostPath: string;
  readonly type: string;
  readonly major?: number;
  readonly minor?: number;
  readonly fileMode?: number;
  readonly permissions: string;
  readonly uid?: number;
  readonly gid?: number;
}

export interface CdiMount {
  readonly hostPath: string;
  readonly containerPath: string;
  readonly options: readonly string[];
  /** '' for a bind mount. */
  readonly type: string;
}

const KIND = /^[A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9])?\/[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?$/;
const HOOKS: readonly HookName[] = ['prestart', 'createRuntime', 'createContainer', 'startContainer', 'poststart', 'poststop'];
/** What would change a container without our knowing how. */
const UNSUPPORTED = ['intelRdt', 'netDevices'] as const;

/** @throws Error saying which field is wrong. */
export function parseSpecification(json: unknown): CdiSpecification {
  const root = object(json, 'the specification');
  if (text(root['cdiVersion'], 'cdiVersion') === '') throw new Error('cdiVersion: is missing');
  const kind = text(root['kind'], 'kind');
  if (!KIND.test(kind)) throw new Error(`kind: ${JSON.stringify(kind)} must be of the form "vendor.com/class"`);
  const devices = array(root['devices'], 'devices').map((value, i): [string, ContainerEdits] => {
    const device = object(value, `devices[${i}]`);
    const name = text(device['name'], `devices[${i}].name`);
    if (name === '') throw new Error(`devices[${i}].name: is missing`);
    return [name, edits(device['containerEdits'], `devices[${i}].containerEdits`)];
  });
  return { kind, devices: new Map(devices), containerEdits: edits(root['containerEdits'], 'containerEdits') };
}

function edits(value: unknown, at: string): ContainerEdits {
  const fields = object(value ?? {}, at);
  for (const name of UNSUPPORTED) if (fields[name] !== undefined) throw new Error(`${at}.${name}: davit does not do that`);
  const each = <T>(name: string, parse: (item: Record<string, unknown>, where: string) => T): T[] =>
    array(fields[name], `${at}.${name}`).map((item, i) => parse(object(item, `${at}.${name}[${i}]`), `${at}.${name}[${i}]`));
  return {
    env: strings(fields['env'], `${at}.env`).map((entry) => {
      if (entry.indexOf('=') < 1) throw new Error(`${at}.env: ${JSON.stringify(entry)} must be of the form "NAME=value"`);
      return entry;
    }),
    deviceNodes: each('deviceNodes', deviceNode), mounts: each('mounts', mount), hooks: each('hooks', hook),
    additionalGids: array(fields['additionalGids'], `${at}.additionalGids`).map((gid) => optionalNumber(gid, `${at}.additionalGids`) ?? 0).filter((gid) => gid !== 0),
  };
}

function deviceNode(node: Record<string, unknown>, at: string): CdiDeviceNode {
  const path = absolute(node['path'], `${at}.path`);
  const permissions = text(node['permissions'], `${at}.permissions`);
  if (!/^[rwm]{0,3}$/.test(permissions)) throw new Error(`${at}.permissions: ${JSON.stringify(permissions)} must be some of r, w, m`);
  const type = text(node['type'], `${at}.type`);
  if (!['', 'b', 'c', 'u', 'p'].includes(type)) throw new Error(`${at}.type: ${JSON.stringify(type)} must be b, c, u or p`);
  const numbers = (['major', 'minor', 'fileMode', 'uid', 'gid'] as const).map((name) => [name, optionalNumber(node[name], `${at}.${name}`)] as const);
  return { path, hostPath: text(node['hostPath'], `${at}.hostPath`) || path, type, permissions, ...Object.fromEntries(numbers.filter(([, number]) => number !== undefined)) };
}

function mount(fields: Record<string, unknown>, at: string): CdiMount {
  return {
    hostPath: text(fields['hostPath'], `${at}.hostPath`), containerPath: absolute(fields['containerPath'], `${at}.containerPath`),
    options: strings(fields['options'], `${at}.options`), type: text(fields['type'], `${at}.type`),
  };
}

function hook(fields: Record<string, unknown>, at: string): { name: HookName; hook: SpecHook } {
  const name = HOOKS.find((known) => known === fields['hookName']);
  if (!name) throw new Error(`${at}.hookName: ${JSON.stringify(fields['hookName'])} must be one of ${HOOKS.join(', ')}`);
  const timeout = optionalNumber(fields['timeout'], `${at}.timeout`);
  return { name, hook: { path: absolute(fields['path'], `${at}.path`), args: strings(fields['args'], `${at}.args`), env: strings(fields['env'], `${at}.env`), ...timeout !== undefined && { timeout } } };
}

function absolute(value: unknown, at: string): string {
  const path = text(value, at);
  if (!path.startsWith('/')) throw new Error(`${at}: ${JSON.stringify(path)} must be an absolute path`);
  return path;
}
