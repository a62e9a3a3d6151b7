/** The streaming server's part of the configuration. */
import { InvalidArgumentError } from '#errors';
import type { Logger } from '#log';
import type { StreamingServerOptions, TlsFiles } from '#streaming';
import { durationMs } from '../config/duration.ts';
import type { Config } from '../config/schema.ts';

/** @throws InvalidArgumentError when TLS is wanted without certificate or key. */
export function streamingOptions({ api }: Config, log: Logger): StreamingServerOptions {
  return { address: api.stream_address, port: Number(api.stream_port), tls: api.stream_enable_tls ? tlsFiles(api) : undefined, idleTimeoutMs: durationMs(api.stream_idle_timeout), log };
}

function tlsFiles(api: Config['api']): TlsFiles {
  const { stream_tls_cert: cert, stream_tls_key: key, stream_tls_ca: ca } = api;
  if (cert === '' || key === '') throw new InvalidArgumentError('stream_enable_tls = true: stream_tls_cert and stream_tls_key must name files');
  return { cert, key, ca, minVersion: api.tls_min_version === 'VersionTLS13' ? 'TLSv1.3' : 'TLSv1.2', cipherSuites: api.tls_cipher_suites };
}
