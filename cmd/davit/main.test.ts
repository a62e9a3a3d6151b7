import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const DAVIT = fileURLToPath(new URL('../../bin/davit', import.meta.url));

interface Outcome { readonly code: number | string | null | undefined; readonly stdout: string; readonly stderr: string }

function davit(...args: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(DAVIT, args, (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
  });
}

interface Case { readonly args: string[]; readonly code: number; readonly stdout?: RegExp; readonly stderr?: RegExp }

const CASES: readonly Case[] = [
  { args: ['help'], code: 0, stdout: /^ {2}serve +run the container runtime$/m },
  { args: ['--help'], code: 0, stdout: /^Usage: davit COMMAND/m },
  { args: ['help', 'serve'], code: 0, stdout: /^ +--cni-plugin-dir DIR/m },
  { args: ['serve', '-h'], code: 0, stdout: /^Usage: davit serve/ },
  { args: ['version'], code: 0, stdout: /^davit \d+\.\d+\.\d+\nCRI v1\nNode 24\./ },
  { args: ['--version'], code: 0, stdout: /^davit / },
  { args: ['config', '--default'], code: 0, stdout: /^# log_level = "info"$/m },
  { args: ['config', '--config=', '--config-dir=', '--log-level', 'debug'], code: 0, stdout: /^# From --log-level\.\nlog_level = "debug"$/m },
  { args: [], code: 2, stderr: /^davit: a command is missing\n/ },
  { args: ['sing'], code: 2, stderr: /^davit: unknown command "sing"\n/ },
  { args: ['--sing'], code: 2, stderr: /^davit: unknown flag "--sing"\n/ },
  { args: ['help', 'sing'], code: 2, stderr: /unknown command "sing"/ },
  { args: ['serve', '--sing'], code: 2, stderr: /^davit serve: unknown flag "--sing"\nRun "davit help serve"/ },
  { args: ['config', '--config', '/nonexistent/davit.conf'], code: 1, stderr: /^davit config: read configuration file "\/nonexistent\/davit\.conf": ENOENT/ },
  { args: ['serve', '--config=', '--config-dir=', '--cgroup-manager', 'me'], code: 1, stderr: /^davit serve: --cgroup-manager "me" is not allowed: expected one of "auto", "systemd", "cgroupfs"\n/ },
];

for (const { args, code, stdout = /^$/, stderr = /^$/ } of CASES) {
  test(`davit ${args.join(' ')} exits with ${code}`, async () => {
    const outcome = await davit(...args);
    assert.equal(outcome.code, code, outcome.stderr);
    assert.match(outcome.stdout, stdout);
    assert.match(outcome.stderr, stderr);
  });
}
