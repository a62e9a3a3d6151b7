/** Metrics as encoded messages, tens of thousands of samples at a time, and their descriptors. Field numbers are those of proto/metric.proto. */
import type { Metric, MetricDescriptor, MetricGroup, PodMetrics } from '#pod';
import { BackwardWriter } from '../backward-writer.ts';
import type { EncodedItems } from '../encoded-items.ts';
import type { Input, MetricDescriptor as DescriptorMessage } from '../generated/cri.js';
import { runtime } from '../generated/cri.js';

export function fromMetricDescriptor({ name, help, labelKeys }: MetricDescriptor): Input<DescriptorMessage> {
  return { name, help, labelKeys };
}

/** A PodSandboxMetrics message of each, encoded when it is taken. */
export async function* encodePodMetrics(all: AsyncIterable<PodMetrics>, encoded: EncodedItems): AsyncGenerator<Uint8Array> {
  const writer = new BackwardWriter();
  const write = (field: number, group: MetricGroup): void => {
    const parts = partsOf(group, encoded);
    for (const sample of group.samples.toReversed()) writeSample(writer, field, sample, parts);
  };
  for await (const { podSandboxId, metrics, containers } of all) {
    for (const container of containers.toReversed()) {
      const end = writer.end();
      write(2, container.metrics);
      writer.text(1, container.id);
      writer.message(3, end);
    }
    write(2, metrics);
    writer.text(1, podSandboxId);
    yield writer.finish();
  }
}

/** What the samples of a group have in common, as encoded fields. */
interface Parts {
  readonly labels: Uint8Array;
  /** Less its type. */
  readonly timestamp: Uint8Array;
  readonly nameOf: (sample: Metric) => Uint8Array;
}

function partsOf({ timestamp, labels }: MetricGroup, encoded: EncodedItems): Parts {
  const { Metric: message } = runtime.v1;
  return {
    labels: message.encode({ labelValues: labels }).finish(), timestamp: message.encode({ timestamp }).finish(),
    nameOf: ({ of }) => encoded.bytes(of, () => message.encode({ name: of.name }).finish()),
  };
}

function writeSample(writer: BackwardWriter, field: number, sample: Metric, { labels, timestamp, nameOf }: Parts): void {
  const end = writer.end();
  writer.amount(5, sample.value);
  for (let i = sample.labels.length - 1; i >= 0; i--) writer.bytes(4, Buffer.from(sample.labels[i] ?? ''));
  writer.encoded(labels);
  if (sample.of.type === 'gauge') writer.integer(3, GAUGE);
  writer.encoded(timestamp);
  writer.encoded(nameOf(sample));
  writer.message(field, end);
}

const GAUGE = BigInt(runtime.v1.MetricType.GAUGE);
