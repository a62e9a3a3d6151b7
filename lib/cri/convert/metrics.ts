/** Metrics and their descriptors as messages. */
import type { Metric, MetricDescriptor, PodMetrics } from '#pod';
import type { Input, Metric as MetricMessage, MetricDescriptor as DescriptorMessage, PodSandboxMetrics } from '../generated/cri.js';
import { runtime } from '../generated/cri.js';

export function fromMetricDescriptor({ name, help, labelKeys }: MetricDescriptor): Input<DescriptorMessage> {
  return { name, help, labelKeys };
}

export function fromPodMetrics({ podSandboxId, metrics, containers }: PodMetrics): Input<PodSandboxMetrics> {
  return { podSandboxId, metrics: metrics.map(fromMetric), containerMetrics: containers.map(({ id, metrics: samples }) => ({ containerId: id, metrics: samples.map(fromMetric) })) };
}

function fromMetric({ name, timestamp, type, labelValues, value }: Metric): Input<MetricMessage> {
  return { name, timestamp, metricType: type === 'counter' ? runtime.v1.MetricType.COUNTER : runtime.v1.MetricType.GAUGE, labelValues, value: { value } };
}
