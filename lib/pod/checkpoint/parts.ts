/** What a checkpoint of a container is made of: the members of its archive, in the field's form. */
export const DESCRIPTION_FILE = 'config.dump';
export const SPEC_FILE = 'spec.dump';
export const IMAGES_DIRECTORY = 'checkpoint';
export const DIFF_FILE = 'rootfs-diff.tar';

/** What describes a pod's checkpoint; written last, so that a directory without it is none. */
export const POD_FILE = 'pod.json';

/** Of one of the JSON members; a specification with a large seccomp profile has some 100 kB. */
export const MAX_JSON_BYTES = 4 * 1024 * 1024;
/** CRIU writes a dozen images a process. */
export const MAX_MEMBERS = 200_000;

export function podMember(index: number): string {
  return `container-${index}.tar`;
}

export const POD_MEMBER = /^container-\d{1,4}\.tar$/;
