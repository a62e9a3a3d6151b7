/** What the environment says about pulls: where credentials are, and proxies. */
import { join } from 'node:path';
import type { ImagesOptions, PolicyFile, ProxySettings } from '#image';
import type { ProcessRunner } from '#linux';

export type Environment = Readonly<Record<string, string | undefined>>;

/** containers-certs.d(5), less the directory of a user. */
const CERTS_DIRECTORIES: readonly string[] = ['/etc/containers/certs.d', '/etc/docker/certs.d'];

const SYSTEM_POLICY = '/etc/containers/policy.json';

/** What lib/image is told of the environment. */
export function imageEnvironment(configuredAuthFile: string, env: Environment, runner: ProcessRunner): Pick<ImagesOptions, 'authFiles' | 'helperRunner' | 'certsDirs' | 'proxies'> {
  return {
    authFiles: authFiles(configuredAuthFile, env), helperRunner: { runner, searchPath: env['PATH'] ?? '', home: homeOf(env) },
    certsDirs: CERTS_DIRECTORIES, proxies: proxySettings(env),
  };
}

/** The files that hold credentials, in the order of containers-auth.json(5); `configured` (global_auth_file) stands alone. */
export function authFiles(configured: string, env: Environment): string[] {
  if (configured !== '') return [configured];
  const home = homeOf(env);
  return [
    join(env['XDG_RUNTIME_DIR'] || '/run', env['XDG_RUNTIME_DIR'] ? 'containers/auth.json' : 'containers/0/auth.json'),
    join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'containers/auth.json'),
    join(env['DOCKER_CONFIG'] || join(home, '.docker'), 'config.json'),
    join(home, '.dockercfg'),
  ];
}

/** The configured policy must exist; the system's may. */
export function policyFile(configured: string): PolicyFile {
  return configured === '' ? { path: SYSTEM_POLICY, optional: true } : { path: configured, optional: false };
}

/** HOME, or root's. */
function homeOf(env: Environment): string {
  return env['HOME'] || '/root';
}

/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in either case. */
export function proxySettings(env: Environment): ProxySettings {
  const either = (name: string): string => env[name] || env[name.toLowerCase()] || '';
  return { httpProxy: either('HTTP_PROXY'), httpsProxy: either('HTTPS_PROXY'), noProxy: either('NO_PROXY') };
}
