/** [crio.api]: the socket that kubelet and crictl talk to, and the streaming server. */
import { flag, integer, list, notYet, oneOf, path, text } from '../key.ts';

/** What CRI-O allows; davit's own limit is lib/cri's. */
const CRIO_MESSAGE_LIMIT_BYTES = 80 * 1024 * 1024;

export const apiTable = {
  listen: path('/run/davit/davit.sock', 'Unix socket of the CRI services, mode 0660.'),
  stream_address: notYet(text('127.0.0.1', 'Address of the streaming server (exec, attach, port-forward).')),
  stream_port: notYet(text('0', 'Port of the streaming server; "0" takes a free one.')),
  stream_enable_tls: notYet(flag(false, 'Serve streams with TLS.')),
  stream_tls_cert: notYet(path('', 'Certificate of the streaming server.', { optional: true })),
  stream_tls_key: notYet(path('', 'Key of the streaming server.', { optional: true })),
  stream_tls_ca: notYet(path('', 'Authorities whose client certificates the streaming server accepts.', { optional: true })),
  stream_idle_timeout: notYet(text('', 'End streams that were idle for this long.')),
  tls_min_version: notYet(oneOf(['VersionTLS12', 'VersionTLS13'], 'VersionTLS12', 'Lowest TLS version.')),
  tls_cipher_suites: notYet(list([], 'Cipher suites for TLS.')),
  grpc_max_send_msg_size: notYet(integer(CRIO_MESSAGE_LIMIT_BYTES, 'Largest answer in bytes; davit sends up to 16 MiB, which is what kubelet takes.', { min: 0 })),
  grpc_max_recv_msg_size: notYet(integer(CRIO_MESSAGE_LIMIT_BYTES, 'Largest request in bytes; davit takes up to 16 MiB.', { min: 0 })),
};
