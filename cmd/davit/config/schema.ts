/** Every table of the configuration, in the order in which it is printed and documented. */
import type { Table, ValuesOf } from './key.ts';
import { apiTable } from './tables/api.ts';
import { crioTable } from './tables/crio.ts';
import { imageTable } from './tables/image.ts';
import { networkTable } from './tables/network.ts';
import {
  checkpointRestoreTable, metricsTable, nriTable, nriValidatorTable, statsTable, tracingTable, workloadResourcesTable, workloadTable,
} from './tables/observe.ts';
import { handlerTable, runtimeTable } from './tables/runtime.ts';

/** Stands in a path for a name that the operator chooses. */
export const ANY_NAME = '*';

export interface TableSpec {
  /** Below `crio`; empty for [crio] itself. */
  readonly path: readonly string[];
  readonly title: string;
  readonly keys: Table;
}

export const TABLES: readonly TableSpec[] = [
  { path: [], title: 'State on disk', keys: crioTable },
  { path: ['api'], title: 'The CRI socket', keys: apiTable },
  { path: ['runtime'], title: 'Running containers', keys: runtimeTable },
  { path: ['runtime', 'runtimes', ANY_NAME], title: 'A handler: an OCI runtime by the name that a RuntimeClass gives', keys: handlerTable },
  { path: ['runtime', 'workloads', ANY_NAME], title: 'Workloads', keys: workloadTable },
  { path: ['runtime', 'workloads', ANY_NAME, 'resources'], title: 'Resources of a workload', keys: workloadResourcesTable },
  { path: ['image'], title: 'Images', keys: imageTable },
  { path: ['network'], title: 'Pod networks', keys: networkTable },
  { path: ['checkpoint_restore'], title: 'Checkpoint and restore', keys: checkpointRestoreTable },
  { path: ['metrics'], title: 'Metrics', keys: metricsTable },
  { path: ['tracing'], title: 'Tracing', keys: tracingTable },
  { path: ['stats'], title: 'Statistics', keys: statsTable },
  { path: ['nri'], title: 'NRI', keys: nriTable },
  { path: ['nri', 'default_validator'], title: "NRI's validator", keys: nriValidatorTable },
];

/** Handlers that exist without being configured. */
export const BUILT_IN_HANDLERS: readonly string[] = ['crun', 'runc'];

/** The configuration as the daemon reads it: keys have the names that they have in the file. */
export interface Config {
  readonly crio: ValuesOf<typeof crioTable>;
  readonly api: ValuesOf<typeof apiTable>;
  readonly runtime: ValuesOf<typeof runtimeTable>;
  readonly handlers: Readonly<Record<string, ValuesOf<typeof handlerTable>>>;
  readonly image: ValuesOf<typeof imageTable>;
  readonly network: ValuesOf<typeof networkTable>;
  readonly checkpointRestore: ValuesOf<typeof checkpointRestoreTable>;
}

/** The table that `path` names, if it is one of ours. */
export function findTable(path: readonly string[]): TableSpec | undefined {
  return TABLES.find((table) => table.path.length === path.length && table.path.every((part, i) => part === ANY_NAME || part === path[i]));
}

/** Whether some table of ours lies below `path`. */
export function leadsToTable(path: readonly string[]): boolean {
  return TABLES.some((table) => table.path.length > path.length && path.every((part, i) => table.path[i] === ANY_NAME || table.path[i] === part));
}
