/**
 * A process of its own, run once a profile: standard input is a profile (JSON), the argument a file that must not exist,
 * which becomes its BPF program. libseccomp holds its thread for some 20 ms, and a faulty profile must not take the daemon with it.
 */
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { exportSeccompFilter, largestSyscalls } from '#linux';
import type { LinuxSeccomp } from '../spec/types.ts';
import { seccompFilter } from './filter.ts';
import { unknownCallsAsEnosys } from './unknown-calls.ts';

const STDIN = 0;
const [, , output = ''] = process.argv;
try {
  const profile = JSON.parse(readFileSync(STDIN, 'utf8')) as LinuxSeccomp;
  const filter = seccompFilter(profile);
  const fd = openSync(output, 'wx', 0o600);
  exportSeccompFilter(filter, fd);
  closeSync(fd);
  // A profile whose default is to allow, or to kill, means unknown calls too.
  if (profile.defaultAction === 'SCMP_ACT_ERRNO') writeFileSync(output, unknownCallsAsEnosys(readFileSync(output), largestSyscalls(filter)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
