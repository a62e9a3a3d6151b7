/** `davit serve`: from the configuration to the last line of the log. */
import { errorText } from '#errors';
import { createLogger } from '#log';
import type { Logger } from '#log';
import { davitVersion } from '../cli/version.ts';
import type { FlagValues } from '../cli/flags.ts';
import { configSources } from '../cli/flags.ts';
import { loadConfig } from '../config/load.ts';
import type { Daemon } from './daemon.ts';
import { logOutput } from './log-output.ts';
import type { ServiceManager } from './service-manager.ts';
import { createServiceManager } from './service-manager.ts';
import { exitOnUncaught } from './uncaught.ts';

const EXIT_CANNOT_START = 1;
/** Stopped by a second signal, with work under way. */
const EXIT_IMPATIENT = 1;
/** Files that davit makes are never writable by others, whatever the caller's umask. */
const UMASK = 0o022;

/** Runs until a signal ends it; resolves to the exit code. */
export async function serve(values: FlagValues): Promise<number> {
  const begun = performance.now();
  process.umask(UMASK);
  const { config, warnings } = await loadConfig(configSources(values));
  const log = createLogger({ level: config.runtime.log_level, format: config.runtime.log_format, write: logOutput(process.stderr) });
  exitOnUncaught(log);
  log.info('davit starts', { version: davitVersion(), pid: process.pid, node: process.versions.node, root: config.crio.root, runroot: config.crio.runroot });
  for (const warning of warnings) log.warn(`configuration: ${warning}`);
  const stopAsked = signalToStop(log);
  const manager = createServiceManager(process.env['NOTIFY_SOCKET'], log);
  // The libraries are loaded here, after the configuration has proved to be right.
  const { startDaemon } = await import('./daemon.ts');
  let daemon: Daemon;
  try {
    daemon = await startDaemon(config, log, process.env);
  } catch (error) {
    log.error(`davit cannot start: ${errorText(error)}`);
    return EXIT_CANNOT_START;
  }
  manager.ready();
  log.info('davit is ready', { socket: config.api.listen, ms: Math.round(performance.now() - begun) });
  await stopAsked;
  await stop(daemon, manager, log);
  return 0;
}

async function stop(daemon: Daemon, manager: ServiceManager, log: Logger): Promise<void> {
  const begun = performance.now();
  manager.stopping();
  await daemon.stop();
  log.info('davit has stopped; containers go on', { ms: Math.round(performance.now() - begun) });
}

/** Resolves at the first SIGTERM or SIGINT; a second one does not wait for anything any more. */
function signalToStop(log: Logger): Promise<void> {
  process.on('SIGHUP', () => log.warn('SIGHUP: reloading the configuration is not supported, restart davit to change it; containers go on'));
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (signal: NodeJS.Signals): void => {
      log.info('asked to stop', { signal });
      if (asked) process.exit(EXIT_IMPATIENT);
      asked = true;
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}
