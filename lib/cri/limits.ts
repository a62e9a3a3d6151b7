/** Limits of the wire, both ways. kubelet, crictl and critest receive at most as much (k8s.io/cri-client). */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** Calls at once on one connection; further ones wait at the client. */
export const MAX_CONCURRENT_CALLS = 1024;

/** gRPC's options for both ends. What the daemon sends is measured in call.ts, where the error can say what to do. */
export const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_concurrent_streams': MAX_CONCURRENT_CALLS,
} as const;
