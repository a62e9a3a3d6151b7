/**
 * What is attached, one file each: written before ADD as an intent, with the result after it,
 * removed after DEL. Not synced (docs/adr/0004): after a power cut a record may be empty, but its
 * name is there whenever the plugins' own files are, and the name says whom to detach.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AlreadyExistsError, errnoOf, errorText } from '#errors';
import { atomicWriteFile } from '#fs';
import { isHostPortRule, type HostPortRule } from './hostport/rules.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { isValidPluginType } from './names.ts';
import type { PluginConfig } from './network-config.ts';
import type { Attachment } from './types.ts';

const FORMAT_VERSION = 1;
/** Neither is in a sandbox id, so a name can be taken apart. */
const NAME = /^([a-zA-Z0-9][a-zA-Z0-9_.-]*)@([^/]+)\.json$/;
const TEMPORARY = /^\..+@.+\.json\.[0-9a-f]+$/;

export interface AttachedNetwork {
  readonly name: string;
  /** Version that ADD was made in. */
  readonly version: string;
  readonly plugins: readonly PluginConfig[];
  /** The configuration asked for no CHECK. */
  readonly disableCheck?: boolean;
}

export interface AttachmentRecord {
  readonly attachment: Attachment;
  readonly network: AttachedNetwork;
  /** Absent until ADD has ended. */
  readonly result?: JsonObject;
  /** Those that are davit's own business, not a plugin's. */
  readonly hostPorts?: readonly HostPortRule[];
}

/** A record whose content is lost or not understood. */
export interface UnreadableRecord {
  readonly unreadable: string;
  /** What the file's name says. */
  readonly attachment: Attachment;
}

export interface AttachmentRecords {
  /** The intent; one write, so a killed daemon leaves nothing or all of it. @throws AlreadyExistsError when there is a record. */
  create(record: AttachmentRecord): Promise<void>;
  /** With the result: the old record or the new one after any crash. */
  replace(record: AttachmentRecord): Promise<void>;
  /** Undefined when there is none. */
  read(sandboxId: string, ifName: string): Promise<AttachmentRecord | UnreadableRecord | undefined>;
  /** All, or those of one sandbox. */
  list(sandboxId?: string): Promise<(AttachmentRecord | UnreadableRecord)[]>;
  /** Success when there is none. */
  remove(sandboxId: string, ifName: string): Promise<void>;
}

/** Makes the directory and removes what a killed writer left half-written. */
export async function openAttachmentRecords(directory: string): Promise<AttachmentRecords> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const name of await readdir(directory)) if (TEMPORARY.test(name)) await rm(join(directory, name), { force: true });
  const path = (sandboxId: string, ifName: string): string => join(directory, `${sandboxId}@${ifName}.json`);
  return {
    create: (record) => createFile(path(record.attachment.sandboxId, record.attachment.ifName), record),
    replace: (record) => atomicWriteFile(path(record.attachment.sandboxId, record.attachment.ifName), format(record), { mode: 0o600, durable: false }),
    read: (sandboxId, ifName) => readRecord(path(sandboxId, ifName), sandboxId, ifName),
    list: (sandboxId) => readAttachmentRecords(directory, sandboxId),
    remove: (sandboxId, ifName) => rm(path(sandboxId, ifName), { force: true }),
  };
}

async function createFile(path: string, record: AttachmentRecord): Promise<void> {
  try {
    await writeFile(path, format(record), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { sandboxId, ifName } = record.attachment;
    if (errnoOf(error) !== 'EEXIST') throw error;
    throw new AlreadyExistsError(`attach sandbox "${sandboxId}": "${ifName}" is attached already, or half detached; detach it first`, { cause: error });
  }
}

function format({ attachment, network, result, hostPorts }: AttachmentRecord): string {
  return JSON.stringify({ version: FORMAT_VERSION, attachment, network: { ...network, plugins: network.plugins.map(({ config }) => config) }, ...(result && { result }), ...(hostPorts && { hostPorts }) });
}

/** All that a directory has, or those of one sandbox, without changing anything there. @throws a system error when it cannot be read */
export async function readAttachmentRecords(directory: string, only?: string): Promise<(AttachmentRecord | UnreadableRecord)[]> {
  const records: (AttachmentRecord | UnreadableRecord)[] = [];
  for (const name of (await readdir(directory)).sort()) {
    const [, sandboxId, ifName] = NAME.exec(name) ?? [];
    if (sandboxId === undefined || ifName === undefined || (only !== undefined && sandboxId !== only)) continue;
    const record = await readRecord(join(directory, name), sandboxId, ifName);
    if (record) records.push(record);
  }
  return records;
}

async function readRecord(path: string, sandboxId: string, ifName: string): Promise<AttachmentRecord | UnreadableRecord | undefined> {
  try {
    const record = parseRecord(JSON.parse(await readFile(path, 'utf8')), sandboxId, ifName);
    if (record) return record;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    return unreadable(sandboxId, ifName, errorText(error));
  }
  return unreadable(sandboxId, ifName, `not a record of version ${FORMAT_VERSION}`);
}

function unreadable(sandboxId: string, ifName: string, why: string): UnreadableRecord {
  return { unreadable: why, attachment: { sandboxId, ifName, netnsPath: '', pod: { name: '', namespace: '', uid: '' }, portMappings: [] } };
}

/** Undefined when it is not what `format` makes for this name. */
function parseRecord(value: unknown, sandboxId: string, ifName: string): AttachmentRecord | undefined {
  const { version, attachment, network, result, hostPorts = [] } = isJsonObject(value) ? value : {};
  if (version !== FORMAT_VERSION || !isAttachment(attachment, sandboxId, ifName) || !isJsonObject(network)) return undefined;
  const { name, version: cniVersion, plugins, disableCheck } = network;
  if (!Array.isArray(hostPorts) || !hostPorts.every(isHostPortRule)) return undefined;
  if (typeof name !== 'string' || typeof cniVersion !== 'string' || !Array.isArray(plugins)) return undefined;
  const configs = plugins.flatMap((config: unknown) => (isJsonObject(config) && typeof config['type'] === 'string' && isValidPluginType(config['type']) ? [{ type: config['type'], config }] : []));
  if (configs.length !== plugins.length || configs.length === 0) return undefined;
  return { attachment, network: { name, version: cniVersion, plugins: configs, ...(disableCheck === true && { disableCheck }) }, ...(isJsonObject(result) && { result }), ...(hostPorts.length > 0 && { hostPorts }) };
}

function isAttachment(value: unknown, sandboxId: string, ifName: string): value is Attachment {
  if (!isJsonObject(value)) return false;
  const { pod, portMappings, netnsPath } = value;
  return value['sandboxId'] === sandboxId && value['ifName'] === ifName && typeof netnsPath === 'string' && Array.isArray(portMappings)
    && isJsonObject(pod) && [pod['name'], pod['namespace'], pod['uid']].every((text) => typeof text === 'string');
}
