/** Mounts, both ways. */
import { InvalidArgumentError } from '#errors';
import type { Mount } from '#oci';
import type { Input, Mount as Message } from '../generated/cri.js';
import { enumWord, path, required } from './check.ts';
import { fromImageSpec, toImageSpec } from './image-spec.ts';
import { toIdMappings } from './namespaces.ts';

const PROPAGATIONS: readonly Mount['propagation'][] = ['private', 'hostToContainer', 'bidirectional'];
const MOUNT_OPTIONS: readonly string[] = ['noexec', 'nodev', 'nosuid'];

/** @throws InvalidArgumentError naming the field */
export function toMount(message: Message, at: string): Mount {
  const mount: Mount = {
    containerPath: path(required(message.containerPath, `${at}.container_path`), `${at}.container_path`),
    hostPath: path(message.hostPath, `${at}.host_path`),
    readonly: message.readonly,
    selinuxRelabel: message.selinuxRelabel,
    propagation: enumWord(PROPAGATIONS, message.propagation, `${at}.propagation`),
    uidMappings: toIdMappings(message.uidMappings, `${at}.uidMappings`),
    gidMappings: toIdMappings(message.gidMappings, `${at}.gidMappings`),
    recursiveReadOnly: message.recursiveReadOnly,
    ...isImage(message) && { image: toImageSpec(message.image, `${at}.image`) },
    imageSubPath: path(message.imageSubPath, `${at}.image_sub_path`),
    mountOptions: message.mountOptions,
  };
  check(mount, at);
  return mount;
}

export function fromMount(mount: Mount): Input<Message> {
  return {
    containerPath: mount.containerPath,
    hostPath: mount.hostPath,
    readonly: mount.readonly,
    selinuxRelabel: mount.selinuxRelabel,
    propagation: PROPAGATIONS.indexOf(mount.propagation),
    uidMappings: mount.uidMappings,
    gidMappings: mount.gidMappings,
    recursiveReadOnly: mount.recursiveReadOnly,
    image: mount.image && fromImageSpec(mount.image),
    imageSubPath: mount.imageSubPath,
    mountOptions: mount.mountOptions,
  };
}

/** Clients may send an empty image with a mount of a host path. */
function isImage({ image }: Message): boolean {
  return image !== null && image.image !== '';
}

function check(mount: Mount, at: string): void {
  if (mount.image === undefined) required(mount.hostPath, `${at}.host_path`);
  else if (mount.hostPath !== '') throw new InvalidArgumentError(`${at}: both host_path ${JSON.stringify(mount.hostPath)} and image, expected one of them`);
  else if (!mount.readonly) throw new InvalidArgumentError(`${at}.readonly: false for an image, expected true: images are mounted read-only`);
  if (mount.recursiveReadOnly && !mount.readonly) throw new InvalidArgumentError(`${at}.recursive_read_only: true without readonly, expected both`);
  if (mount.recursiveReadOnly && mount.propagation !== 'private') {
    throw new InvalidArgumentError(`${at}.recursive_read_only: true with propagation ${mount.propagation}, expected private`);
  }
  const unknown = mount.mountOptions.find((option) => !MOUNT_OPTIONS.includes(option));
  if (unknown !== undefined) throw new InvalidArgumentError(`${at}.mount_options: ${JSON.stringify(unknown)} is not allowed, expected some of ${MOUNT_OPTIONS.join(', ')}`);
}
