/**
 * What is attached, one file each: a line with the intent before ADD, a line with the result after it,
 * removed after DEL. Not synced (docs/adr/0004): after a power cut a record may be empty, but its
 * name is there whenever the plugins' own files are, and the name says whom to detach.
 */
import { closeSync, open, write } from 'node:fs';
import { mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AlreadyExistsError, errnoOf, errorText } from '#errors';
import { isHostPortRule, type HostPortRule } from './hostport/rules.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import { isValidPluginType } from './names.ts';
import type { PluginConfig } from './network-config.ts';
import type { Attachment } from './types.ts';

const FORMAT_VERSION = 1;
/** Neither is in a sandbox id, so a name can be taken apart. */
const NAME = /^([a-zA-Z0-9][a-zA-Z0-9_.-]*)@([^/]+)\.json$/;

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

/** An attachment under way. Disposing it leaves the record as it is: until complete() has ended, an intent. */
export interface Intent extends Disposable {
  /** Adds what ADD has made; a daemon that is killed meanwhile leaves the intent, or the whole record. */
  complete(outcome: Pick<AttachmentRecord, 'result' | 'hostPorts'>): Promise<void>;
}

export interface AttachmentRecords {
  /** One write, so a killed daemon leaves nothing or all of it. @throws AlreadyExistsError when there is a record. */
  create(attachment: Attachment, network: AttachedNetwork): Promise<Intent>;
  /** Undefined when there is none. */
  read(sandboxId: string, ifName: string): Promise<AttachmentRecord | UnreadableRecord | undefined>;
  /** All, or those of one sandbox. */
  list(sandboxId?: string): Promise<(AttachmentRecord | UnreadableRecord)[]>;
  /** Success when there is none. */
  remove(sandboxId: string, ifName: string): Promise<void>;
}

/** Makes the directory. */
export async function openAttachmentRecords(directory: string): Promise<AttachmentRecords> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = (sandboxId: string, ifName: string): string => join(directory, `${sandboxId}@${ifName}.json`);
  return {
    create: (attachment, network) => createRecord(path(attachment.sandboxId, attachment.ifName), attachment, network),
    read: (sandboxId, ifName) => readRecord(path(sandboxId, ifName), sandboxId, ifName),
    list: (sandboxId) => readAttachmentRecords(directory, sandboxId),
    remove: (sandboxId, ifName) => removeFile(path(sandboxId, ifName)),
  };
}

/** The file stays open until the result is known: that is one step then, where a new file would be four. Closing takes microseconds and waits for nothing. */
async function createRecord(path: string, attachment: Attachment, network: AttachedNetwork): Promise<Intent> {
  const fd = await createFile(path, attachment);
  try {
    await writeLine(fd, { version: FORMAT_VERSION, attachment, network: { ...network, plugins: network.plugins.map(({ config }) => config) } });
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return {
    complete: (outcome) => writeLine(fd, outcome),
    [Symbol.dispose]: () => closeSync(fd),
  };
}

async function createFile(path: string, { sandboxId, ifName }: Attachment): Promise<number> {
  try {
    return await promisify(open)(path, 'wx', 0o600);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    throw new AlreadyExistsError(`attach sandbox "${sandboxId}": "${ifName}" is attached already, or half detached; detach it first`, { cause: error });
  }
}

/** One write unless the disk is full, which the next one says. */
async function writeLine(fd: number, value: object): Promise<void> {
  for (let bytes = Buffer.from(`${JSON.stringify(value)}\n`); bytes.length > 0;) bytes = bytes.subarray((await promisify(write)(fd, bytes)).bytesWritten);
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
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
    const [intent = '', outcome = ''] = (await readFile(path, 'utf8')).split('\n');
    const record = parseRecord({ ...JSON.parse(intent) as object, ...parseOutcome(outcome) }, sandboxId, ifName);
    if (record) return record;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    return unreadable(sandboxId, ifName, errorText(error));
  }
  return unreadable(sandboxId, ifName, `not a record of version ${FORMAT_VERSION}`);
}

/** What a power cut has left of it may be anything: without it the record is an intent. */
function parseOutcome(text: string): JsonObject {
  try {
    const { result, hostPorts } = JSON.parse(text) as JsonObject;
    return { result, ...(hostPorts !== undefined && { hostPorts }) };
  } catch {
    return {};
  }
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
