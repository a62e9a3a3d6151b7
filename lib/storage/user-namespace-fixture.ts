/** A user namespace for tests of mapped ids, held by a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IdMap } from './api.ts';

/** Maps `size` ids from 0 on to those of the host from `hostId` on. Dispose it to end the process. */
export async function userNamespace(hostId: number, size = 65536): Promise<{ idMap: IdMap; pid: number } & AsyncDisposable> {
  const holder = spawn('unshare', ['--user', 'sh', '-c', 'echo; exec sleep 600'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  const pid = holder.pid ?? 0;
  for (const map of ['uid_map', 'gid_map']) writeFileSync(`/proc/${pid}/${map}`, `0 ${hostId} ${size}`);
  const mappings = [{ containerId: 0, hostId, length: size }];
  return {
    pid, idMap: { userNamespace: `/proc/${pid}/ns/user`, uids: mappings, gids: mappings },
    [Symbol.asyncDispose]: async () => { holder.kill('SIGKILL'); await once(holder, 'close'); },
  };
}
