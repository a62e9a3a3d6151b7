/** crictl at a terminal: script(1) makes the pty, the test is the person in front of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '../../harness/index.ts';
import type { Davit } from '../../harness/index.ts';

const SEE_TIMEOUT_MS = 60_000;
const RUN_TIMEOUT_MS = 300_000;

export interface Terminal extends AsyncDisposable {
  type(keys: string): void;
  /** Waits for it on the screen, after what was seen last. */
  see(what: RegExp): Promise<string>;
  /** As a window manager does when a window is dragged. */
  resize(rows: number, columns: number): Promise<void>;
  /** The exit code of crictl. */
  readonly ended: Promise<number | null>;
}

export async function openTerminal(davit: Davit, name: string, ...args: readonly string[]): Promise<Terminal> {
  const device = join(davit.directory, `tty-${name}`);
  const command = davit.crictl.commandLine(...args).map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', `tty > ${device}; stty rows 30 columns 100; exec ${command}`, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'], timeout: RUN_TIMEOUT_MS, killSignal: 'SIGKILL' });
  let [screen, seen] = ['', 0];
  let changed = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    changed.resolve();
    changed = Promise.withResolvers();
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    ended,
    type: (keys) => { child.stdin.write(keys); },
    see: async (what) => {
      for (const late = AbortSignal.timeout(SEE_TIMEOUT_MS);;) {
        const match = what.exec(screen.slice(seen));
        if (match) {
          seen += match.index + match[0].length;
          return match[0];
        }
        const aborted = new Promise<never>((_, reject) => { late.addEventListener('abort', () => reject(new Error(`${String(what)} is not on the screen, but ${JSON.stringify(screen.slice(seen))}`)), { once: true }); });
        await Promise.race([changed.promise, aborted]);
      }
    },
    resize: async (rows, columns) => {
      const path = await eventually('the name of the terminal', async () => (await readFile(device, 'utf8')).trim());
      await once(spawn('stty', ['-F', path, 'rows', String(rows), 'columns', String(columns)], { stdio: 'inherit' }), 'exit');
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
