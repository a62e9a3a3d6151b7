/** What may become part of a path, an environment variable or a CNI_ARGS list (libcni pkg/utils). */
import { InvalidArgumentError } from '#errors';
import type { Attachment } from './types.ts';

/** Container ids and network names. */
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** With the interface's name and a suffix they make a file name. */
export const MAX_NAME_LENGTH = 200;
/** IFNAMSIZ less its NUL. */
const MAX_INTERFACE_NAME_BYTES = 15;

export function isValidName(name: string): boolean {
  return NAME.test(name) && name.length <= MAX_NAME_LENGTH;
}

export function isInterfaceName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/:\s\0]/.test(name) && Buffer.byteLength(name) <= MAX_INTERFACE_NAME_BYTES;
}

/** No path tricks: a plugin's `type` is one file name. */
export function isValidPluginType(type: string): boolean {
  return type !== '' && type !== '.' && type !== '..' && !/[/\0]/.test(type);
}

/** `;` and `=` separate CNI_ARGS: a pod's name must not add arguments of its own. */
export function isCniArg(value: string): boolean {
  return !/[;=\0\r\n]/.test(value);
}

/** @throws InvalidArgumentError naming the member that plugins cannot be given. */
export function validateAttachment(attachment: Attachment): void {
  validateIdentity(attachment);
  for (const [key, value] of Object.entries(attachment.pod)) {
    if (!isCniArg(value)) throw new InvalidArgumentError(`attach sandbox "${attachment.sandboxId}": pod ${key} ${JSON.stringify(value)} must not contain ";", "=" or a line break: it is handed to CNI plugins`);
  }
}

/** @throws InvalidArgumentError when sandbox id, interface name or namespace path cannot be used. */
export function validateIdentity({ sandboxId, ifName, netnsPath }: Pick<Attachment, 'sandboxId' | 'ifName' | 'netnsPath'>): void {
  if (!isValidName(sandboxId)) throw new InvalidArgumentError(`CNI: sandbox id "${sandboxId}" is not letters, digits, "_", "." and "-", up to ${MAX_NAME_LENGTH}`);
  if (!isInterfaceName(ifName)) {
    throw new InvalidArgumentError(`CNI: interface name "${ifName}" is not 1 to ${MAX_INTERFACE_NAME_BYTES} bytes without "/", ":" and spaces`);
  }
  if (netnsPath.includes('\0')) throw new InvalidArgumentError(`CNI: network namespace path ${JSON.stringify(netnsPath)} has a NUL byte`);
}
