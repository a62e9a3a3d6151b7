/** The words that the table of metrics is written in. */
import type { CgroupFigures } from '#linux';
import type { MetricType } from '../api.ts';
import type { InterfaceCounters } from '../net-dev.ts';
import type { ContainerRecord } from '../record.ts';
import type { DiskFacts } from './disk.ts';
import type { ProcessFacts } from './processes.ts';

/** All that the samples of one running container are taken from. */
export interface ContainerFacts {
  readonly container: ContainerRecord;
  readonly figures: CgroupFigures;
  readonly disk: DiskFacts;
  readonly processes: ProcessFacts;
}

/** One value with those labels that its metric has beside the base ones. */
export interface Sample {
  readonly labels: readonly string[];
  readonly value: bigint;
}

export interface MetricDefinition<Facts> {
  readonly name: string;
  readonly help: string;
  readonly type: MetricType;
  /** Keys of the labels beside the base ones. */
  readonly labels: readonly string[];
  /** No sample: not counted here. */
  readonly samples: (facts: Facts) => readonly Sample[];
}

export type ContainerMetric = MetricDefinition<ContainerFacts>;
/** Its one label beside the base ones is `interface`. */
export type InterfaceMetric = MetricDefinition<InterfaceCounters>;

/** A metric with one value, or none. */
export function single<Facts>(type: MetricType, name: string, help: string, value: (facts: Facts) => bigint | undefined): MetricDefinition<Facts> {
  return several(type, name, help, [], (facts) => {
    const read = value(facts);
    return read === undefined ? [] : [{ labels: [], value: read }];
  });
}

/** A metric with any number of values, told apart by `labels`. */
export function several<Facts>(type: MetricType, name: string, help: string, labels: readonly string[], samples: (facts: Facts) => readonly Sample[]): MetricDefinition<Facts> {
  return { name, help, type, labels, samples };
}

/** Whole seconds, rounded down: CRI's samples are integers. */
export function seconds(ns: bigint | undefined): bigint | undefined {
  return ns === undefined ? undefined : ns / 1_000_000_000n;
}
