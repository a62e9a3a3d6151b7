/** Pods and containers: their states, operations, store, events and statistics. Knows no gRPC. */
export type * from './api.ts';
