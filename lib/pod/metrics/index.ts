export { metricDescriptors, podMetrics } from './collect.ts';
