import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { processNumbers, statOf } from './processes.ts';
import { runWritten } from './run-files-fixture.ts';
import { recordTemporaryDirectories } from './temporary-directories.ts';

const LEFT = `/tmp/davit-left-${randomUUID()}-`;
const STARTS = `
  const directories = [await promises.mkdtemp('${LEFT}'), mkdtempSync('${LEFT}')];
  for (const directory of directories) execFileSync('touch', [directory + '/file']);
  execFileSync('mount', ['-t', 'tmpfs', 'left-by-a-file', directories[0]]);
  execFileSync('mount', ['-t', 'tmpfs', 'left-by-a-file', '/mnt']);
  execFileSync('mkdir', ['/mnt/below']);
  execFileSync('mount', ['-t', 'tmpfs', 'left-by-a-file', '/mnt/below']);
  execFileSync('setsid', ['--fork', 'unshare', '--net', '--mount', '--pid', '--fork', 'sleep', '1001'], { stdio: 'ignore' });
`;

test('of a file that is ended alone in its namespaces nothing stays that it started: no process, no namespace, no mount, no temporary directory; the next file has its own', async () => {
  const end = await runWritten({
    stays: `import { mkdtempSync, promises } from 'node:fs'; test('that passes', async () => { ${STARTS} setInterval(() => {}, 1e6); });`,
    next: "test('sees none of it', () => { if (execFileSync('mount', { encoding: 'utf8' }).includes('left-by-a-file')) throw new Error('a mount is left'); });",
  }, { isolated: true });
  assert.deepEqual([end.passed, end.failed], [2, 1], end.report);
  assert.match(end.report, /killed \d+ unshare .*sleep 1001[^✖]*killed \d+ the file itself\n *unmounted \/mnt\/below\n *unmounted \/mnt\b/);
  assert.deepEqual(globSync(`${LEFT}*`), []);
  assert.doesNotMatch(readFileSync('/proc/self/mountinfo', 'utf8'), /left-by-a-file/);
  assert.ok(!processNumbers().some((pid) => statOf(pid)?.name === 'sleep'));
});

test('what a run that was killed as a whole has left goes when the next one begins, and what a run that lives has made stays', async () => {
  const made = (): string[] => globSync(`${LEFT}*`);
  const living = recordTemporaryDirectories();
  try {
    // The runner of these is killed by the file that it runs.
    const killing = `import { mkdtempSync } from 'node:fs'; mkdtempSync('${LEFT}'); process.kill(process.ppid, 'SIGKILL');`;
    await assert.rejects(runWritten({ killing }, { isolated: false }), /ended by SIGKILL/);
    assert.equal(made().length, 1);
    const next = await runWritten({ passes: "test('that passes', () => undefined);" }, { isolated: false });
    assert.deepEqual([next.passed, made()], [1, []]);
    assert.ok(existsSync(decodeURIComponent(new URL(living.execArgv[1] ?? '').search.slice(1))));
  } finally {
    living.remove();
  }
});
