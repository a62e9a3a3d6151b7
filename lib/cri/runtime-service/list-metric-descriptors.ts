import type { UnaryHandler } from '../handler.ts';
import { fromMetricDescriptor } from '../convert/metrics.ts';

export const listMetricDescriptors: UnaryHandler<'ListMetricDescriptors'> = ({ pods }) => ({ descriptors: pods.metricDescriptors().map(fromMetricDescriptor) });
