import { basename } from 'node:path';
import { InternalError } from '#errors';
import type { ProcessRunner } from '../process.ts';
import type { Cgroups } from './cgroups.ts';

/** Also where /usr is not merged. */
const SYSTEMCTL = '/bin/systemctl';
const TIMEOUT_MS = 8000;

/**
 * Cgroups of a node on which systemd makes the containers' scopes. A scope brings its slice to life as a unit, which would stay
 * for good: remove() of a slice stops it too.
 */
export function systemdCgroups(cgroups: Cgroups, runner: ProcessRunner): Cgroups {
  return {
    ...cgroups,
    remove: async (path, { signal }) => {
      await cgroups.remove(path, { signal });
      if (path.endsWith('.slice')) await stop(runner, basename(path), signal);
    },
  };
}

async function stop(runner: ProcessRunner, unit: string, signal: AbortSignal): Promise<void> {
  const { exitCode, stderr } = await runner.run({ file: SYSTEMCTL, args: ['stop', unit], env: {}, timeoutMs: TIMEOUT_MS }, { signal });
  if (exitCode !== 0) throw new InternalError(`stop slice "${unit}": systemctl: ${stderr.toString().trim() || `exit code ${exitCode ?? 'none'}`}`);
}
