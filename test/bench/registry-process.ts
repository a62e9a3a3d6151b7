import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** A registry on loopback. Disposing ends it. */
export interface RegistryProcess extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  readonly pid: number;
}

/** The registry of the tests in a process of its own: its work must not hold up the bench's clock. @param port 0: any; @param bytesPerSecond of each answer; absent: no limit */
export async function startRegistryProcess(directory: string, port: number, bytesPerSecond?: number): Promise<RegistryProcess> {
  const main = resolve(import.meta.dirname, '../fixtures/registry/main.ts');
  const child = spawn(process.execPath, [main, '--directory', directory, '--port', String(port), ...(bytesPerSecond === undefined ? [] : ['--bytes-per-second', String(bytesPerSecond)])], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const address = await Promise.race([once(child.stdout, 'data').then(([line]) => String(line).trim()), exited.then(() => undefined)]);
  if (address === undefined) throw new Error(`the registry over "${directory}" has ended at its start`);
  return {
    address, pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
