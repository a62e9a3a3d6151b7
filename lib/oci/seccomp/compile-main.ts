/**
 * A process of its own, run once a profile: standard input is a profile (JSON), the argument a file that must not exist,
 * which becomes its BPF program. libseccomp holds its thread for some 20 ms, and a faulty profile must not take the daemon with it.
 */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { exportSeccompFilter } from '#linux';
import type { LinuxSeccomp } from '../spec/types.ts';
import { seccompFilter } from './filter.ts';

const STDIN = 0;
const [, , output = ''] = process.argv;
try {
  const filter = seccompFilter(JSON.parse(readFileSync(STDIN, 'utf8')) as LinuxSeccomp);
  const fd = openSync(output, 'wx', 0o600);
  exportSeccompFilter(filter, fd);
  closeSync(fd);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
