/**
 * `node boot.ts [FILE...]`: boots Debian's user-mode-linux (a kernel that is an ordinary process) with systemd as PID 1 on pure cgroup v2,
 * runs the tests of test/vm in it, or only those FILEs, shows what they print and ends as they end. The clone is there under its own path.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

const CLONE = resolve(import.meta.dirname, '../..');
const DISK = join(CLONE, '.cache/vm/root.ext4');
const KERNEL = '/usr/bin/linux.uml';
/** Lent by /dev/shm, as it is used. */
const MEMORY = '4G';
/** Half an hour on a quiet host; for one that others use, too. */
const TIME_LIMIT_MS = 100 * 60_000;
const MS_PER_MINUTE = 60_000;
const POLL_MS = 500;

async function main(files: readonly string[]): Promise<number> {
  await mkdir(join(CLONE, '.cache/vm/runs'), { recursive: true });
  const run = await mkdtemp(join(CLONE, '.cache/vm/runs/'));
  try {
    await writeFile(join(run, 'files'), files.join('\n'));
    const begun = performance.now();
    const end = await boot(run);
    const minutes = ((performance.now() - begun) / MS_PER_MINUTE).toFixed(1);
    const code = existsSync(join(run, 'code')) ? Number(await readFile(join(run, 'code'), 'utf8')) : undefined;
    if (code === undefined) process.stdout.write(`the machine's console:\n${await readFile(join(run, 'console'), 'utf8')}\n`);
    process.stdout.write(`test:vm: ${verdict(end, code)} after ${minutes} minutes\n`);
    return code ?? 1;
  } finally {
    await rm(run, { recursive: true });
  }
}

function verdict(end: 'off' | 'late', code: number | undefined): string {
  if (code === 0) return 'all passed';
  if (code !== undefined) return 'failed, see the tests above';
  return end === 'late' ? 'FAILED, the tests had not ended and the machine was stopped; what has no line above did not run' : 'FAILED, the machine went off before its tests ended';
}

/** Resolves when the machine is off. @returns whether by itself */
async function boot(run: string): Promise<'off' | 'late'> {
  const command = [
    // Writes go to a file of the run's own.
    `mem=${MEMORY}`, `ubd0=${join(run, 'disk')},${DISK}`, 'root=/dev/ubda', 'rw', 'quiet', `uml_dir=${run}/`, 'con=null', 'con0=null,fd:1', 'ssl=null',
    'systemd.unified_cgroup_hierarchy=1', 'security=apparmor', 'lsm=capability,yama,apparmor', `davit.clone=${CLONE}`, `davit.run=${run}`,
  ];
  const kernel = spawn('sh', ['-c', 'exec "$@" > "$0" 2>&1', join(run, 'console'), KERNEL, ...command], { stdio: 'ignore', cwd: run, detached: true });
  const end = (): void => { if (kernel.pid !== undefined && kernel.exitCode === null) process.kill(-kernel.pid, 'SIGKILL'); };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => { end(); });
  let how: 'off' | 'late' = 'off';
  const limit = setTimeout(() => { how = 'late'; end(); }, TIME_LIMIT_MS);
  const exited = once(kernel, 'exit').then(() => 'exited' as const);
  for (let shown = 0, state: string | undefined; state !== 'exited';) {
    state = await Promise.race([exited, delay(POLL_MS, undefined)]);
    shown = await showFrom(join(run, 'output'), shown);
  }
  clearTimeout(limit);
  return how;
}

/** Prints what the file has beyond `offset`. @returns its size */
async function showFrom(path: string, offset: number): Promise<number> {
  const size = await stat(path).then((found) => found.size, () => 0);
  if (size > offset) await finished(createReadStream(path, { start: offset, end: size - 1 }).on('data', (bytes) => { process.stdout.write(bytes); }));
  return size;
}

process.exitCode = await main(process.argv.slice(2));
