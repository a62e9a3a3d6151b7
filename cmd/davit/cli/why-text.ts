/** A report on a pod, for people. */
import type { PodReport } from '../admin/why.ts';

type Operation = PodReport['underWay'][number];

export function whyLines({ id, name, attempt, state, containers, underWay, ended, next }: PodReport): string[] {
  return [
    id === '' ? `pod ${name}: could not be started` : `pod ${name} (attempt ${attempt}), ${id}: ${stateWord(state)}`,
    ...containers.flatMap((c) => [
      `  container ${c.name} (attempt ${c.attempt}), ${c.id}: ${c.state}${c.state === 'exited' ? `, exit code ${c.exitCode}, ${c.reason}${c.message === '' ? '' : `: ${c.message}`}` : ''}`,
      ...c.warnings.map((warning) => `    not as asked: ${warning}`),
    ]),
    ...underWay.map((operation) => `  under way: ${operation.kind}${subject(operation, id)} for ${seconds(operation.elapsedMs)}, in stage "${operation.stage}" (${stages(operation)})`),
    ...ended.map((operation) => `  ${new Date(operation.endedAtMs).toISOString()} ${operation.kind}${subject(operation, id)}: ${operation.error === undefined ? 'done' : `failed in stage "${operation.stage}": ${operation.error}`} (${stages(operation)})`),
    ...next === '' ? [] : [`  next: ${next}`],
  ];
}

function stateWord(state: PodReport['state']): string {
  return state === 'notReady' ? 'not ready' : state;
}

/** The pod itself is named above. */
function subject(operation: Operation, podId: string): string {
  return operation.id === podId || podId === '' ? '' : ` ${operation.id.slice(0, 13)}`;
}

function stages({ stages: all, elapsedMs }: Operation): string {
  return [...all.map(({ name, ms }) => `${name} ${seconds(ms)}`), `${seconds(elapsedMs)} in all`].join(', ');
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
