/** test/isolate.sh: of what a command leaves behind nothing stays. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { processNumbers } from './processes.ts';

const LEAVES = `
  ip link add left-by-isolate type bridge
  mount -t tmpfs left-by-isolate /mnt
  for hierarchy in /sys/fs/cgroup/*/cgroup.procs; do
    group=\${hierarchy%/*}/left-by-isolate/below
    # Where version 2 is alone isolate.sh has no cgroups of its own; a new cpuset takes no process before it has processors.
    [ ! -e /sys/fs/cgroup/cgroup.controllers ] || continue
    case $hierarchy in */cpuset/*) continue ;; esac
    mkdir -p $group && sh -c 'echo $$ > $0/cgroup.procs && exec setsid --fork sleep 100001' $group
  done
  setsid --fork sleep 100002
  exit 3
`;

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended.
    return '';
  }
}

test('what a command leaves behind in isolation goes with its end: processes, links, mounts and cgroups', () => {
  const { status, stderr } = spawnSync(join(import.meta.dirname, 'isolate.sh'), ['sh', '-ec', LEAVES], { encoding: 'utf8', env: { ...process.env, DAVIT_TEST_ISOLATED: undefined } });
  assert.deepEqual([status, stderr], [3, '']);
  assert.deepEqual(processNumbers().map(commandOf).filter((command) => /^sleep 10000[12]/.test(command)), []);
  assert.doesNotMatch(readFileSync('/proc/net/dev', 'utf8'), /left-by-isolate/);
  assert.doesNotMatch(readFileSync('/proc/self/mountinfo', 'utf8'), /left-by-isolate/);
  assert.deepEqual(globSync(['/sys/fs/cgroup/*/davit-isolated-*', '/sys/fs/cgroup/*/**/left-by-isolate']), []);
});
