/** Pods and containers: their states, operations, store, events and statistics. Knows no gRPC. */
export type * from './api.ts';
export type { PodsConfig, PodsDeps } from './context.ts';
export { EventRing } from './events.ts';
export { createPods } from './pods.ts';
export type { PodService } from './pods.ts';
