/** [crio.api]: the socket that kubelet and crictl talk to, and the streaming server. */
import { duration } from '../duration.ts';
import type { Key } from '../key.ts';
import { flag, integer, list, notYet, oneOf, path, text } from '../key.ts';

const MAX_PORT = 65_535;
const DEFAULT_IDLE_TIMEOUT = '4h';
/** What CRI-O allows; davit's own limit is lib/cri's. */
const CRIO_MESSAGE_LIMIT_BYTES = 80 * 1024 * 1024;

export const apiTable = {
  listen: path('/run/davit/davit.sock', 'Unix socket of the CRI services, mode 0660.'),
  stream_address: text('127.0.0.1', 'Address of the streaming server (exec, attach, port-forward); "" listens on every one. kubelet connects from this node: the default is enough.'),
  stream_port: port('0', 'Port of the streaming server; "0" takes a free one.'),
  stream_enable_tls: flag(false, 'Serve streams with TLS.'),
  stream_tls_cert: path('', 'Certificate of the streaming server, PEM; read again when it changes.', { optional: true }),
  stream_tls_key: path('', 'Key of the streaming server, PEM; read again when it changes.', { optional: true }),
  stream_tls_ca: path('', 'Authorities, PEM: clients of the streaming server must have a certificate of one. "" asks for none.', { optional: true }),
  stream_idle_timeout: idleTimeout('End streams on which nothing was sent either way for this long; "" is "4h".'),
  tls_min_version: oneOf(['VersionTLS12', 'VersionTLS13'], 'VersionTLS12', 'Lowest TLS version.'),
  tls_cipher_suites: list([], "Cipher suites for TLS 1.2, by OpenSSL's or IANA's names; the best known ones when empty."),
  grpc_max_send_msg_size: notYet(integer(CRIO_MESSAGE_LIMIT_BYTES, 'Largest answer in bytes; davit sends up to 16 MiB, which is what kubelet takes.', { min: 0 })),
  grpc_max_recv_msg_size: notYet(integer(CRIO_MESSAGE_LIMIT_BYTES, 'Largest request in bytes; davit takes up to 16 MiB.', { min: 0 })),
};

/** crio.conf writes the port as a string. */
function port(defaultValue: string, description: string): Key<string> {
  const fits = (v: string): boolean => /^\d{1,5}$/.test(v) && Number(v) <= MAX_PORT;
  return {
    type: 'string', default: defaultValue, allowed: `a port from "0" to "${MAX_PORT}"`, description, supported: true,
    parse: (v) => (typeof v === 'string' || typeof v === 'number') && fits(String(v)) ? String(v) : undefined,
  };
}

/** As in crio.conf "" stands for the default. */
function idleTimeout(description: string): Key<string> {
  const key = duration(DEFAULT_IDLE_TIMEOUT, description);
  return { ...key, allowed: `${key.allowed}, or ""`, parse: (v) => v === '' ? DEFAULT_IDLE_TIMEOUT : v === '0' || v === '0s' ? undefined : key.parse(v) };
}
