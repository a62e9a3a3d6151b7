/** pod.json: which containers a pod's checkpoint has, and where. */
import { InvalidArgumentError } from '#errors';
import type { ContainerRecord, PodRecord } from '../record.ts';
import { POD_MEMBER, podMember } from './parts.ts';

const FORMAT = 1;

export interface PodMember { readonly name: string; readonly archive: string }

export function formatPodFile({ id, config, runtimeHandler }: PodRecord, containers: readonly ContainerRecord[]): string {
  const members: PodMember[] = containers.map(({ config: { metadata } }, index) => ({ name: metadata.name, archive: podMember(index) }));
  return `${JSON.stringify({ format: FORMAT, pod: { id, ...config.metadata }, runtimeHandler, checkpointedTime: new Date().toISOString(), containers: members })}\n`;
}

/** @throws InvalidArgumentError naming what is wrong */
export function parsePodFile(value: Readonly<Record<string, unknown>>, path: string): PodMember[] {
  const wrong = (why: string): InvalidArgumentError => new InvalidArgumentError(`checkpoint "${path}": ${why}`);
  if (value['format'] !== FORMAT) throw wrong(`format is ${JSON.stringify(value['format'])}, expected ${FORMAT}`);
  const { containers } = value;
  if (!Array.isArray(containers) || containers.length === 0) throw wrong('"containers" must be a list with something in it');
  const members = containers.map((member: Partial<PodMember> | null) => {
    if (typeof member?.name !== 'string' || member.name === '') throw wrong('a container has no name');
    if (typeof member.archive !== 'string' || !POD_MEMBER.test(member.archive)) throw wrong(`the archive of container ${JSON.stringify(member.name)} is ${JSON.stringify(member.archive)}, expected a name like "${podMember(0)}"`);
    return { name: member.name, archive: member.archive };
  });
  if (new Set(members.map(({ name }) => name)).size < members.length) throw wrong('two containers have one name');
  return members;
}
