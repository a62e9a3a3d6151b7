import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import type { ProcessRunner, RunSpec } from '#linux';
import { createSeccompCompiler } from './compiler.ts';

const profile = { defaultAction: 'SCMP_ACT_ALLOW' } as const;
const soon = { signal: AbortSignal.timeout(10_000) };

/** A runner whose program is given: it gets the output path and says how it ended. */
function runner(program: (output: string) => Promise<{ exitCode?: number; stderr?: string }>): ProcessRunner & { runs: RunSpec[] } {
  const runs: RunSpec[] = [];
  return {
    runs,
    run: async (spec) => {
      runs.push(spec);
      const { exitCode = 0, stderr = '' } = await program(spec.args.at(-1) ?? '');
      return { exitCode, signal: undefined, stdout: Buffer.alloc(0), stderr: Buffer.from(stderr), timedOut: false };
    },
  };
}

async function cacheDir(t: { after(f: () => Promise<void>): void }): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'davit-bpf-'));
  t.after(() => rm(directory, { recursive: true }));
  return join(directory, 'cache');
}

test('compile() runs once for equal profiles, also at the same time, and never again with the same directory', async (t) => {
  const directory = await cacheDir(t);
  const child = runner(async (output) => { await writeFile(output, Buffer.alloc(16, 1)); return {}; });
  const compiler = createSeccompCompiler({ cacheDir: directory, runner: child });
  const [a, b] = await Promise.all([compiler.compile(profile, soon), compiler.compile({ ...profile }, soon)]);
  assert.deepEqual(a, Buffer.alloc(16, 1));
  assert.equal(a, b);
  await createSeccompCompiler({ cacheDir: directory, runner: child }).compile(profile, soon);
  assert.equal(child.runs.length, 1);
  await compiler.compile({ defaultAction: 'SCMP_ACT_LOG' }, soon);
  assert.equal(child.runs.length, 2);
  assert.equal((await readdir(directory)).every((name) => /^[0-9a-f]{64}\.bpf$/.test(name)), true);
});

test('compile() fails with the compiler\'s own words, leaves nothing, and the next call tries again', async (t) => {
  const directory = await cacheDir(t);
  let broken = true;
  const compiler = createSeccompCompiler({
    cacheDir: directory,
    runner: runner(async (output) => {
      await writeFile(output, broken ? Buffer.alloc(7) : Buffer.alloc(8));
      return broken ? { exitCode: 1, stderr: 'EINVAL: seccomp_rule_add \'x\'\n' } : {};
    }),
  });
  await assert.rejects(compiler.compile(profile, soon), { code: 'InvalidArgument', message: 'compile seccomp profile: EINVAL: seccomp_rule_add \'x\'' });
  assert.deepEqual(await readdir(directory), []);
  broken = false;
  assert.equal((await compiler.compile(profile, soon)).length, 8);
});

test('compile() does not take a damaged program from the directory, nor one that the kernel refuses', async (t) => {
  const directory = await cacheDir(t);
  const sizes = [8, 24, 4097 * 8];
  const child = runner(async (output) => { await writeFile(output, Buffer.alloc(sizes.shift() ?? 0)); return {}; });
  const fresh = (): ReturnType<typeof createSeccompCompiler> => createSeccompCompiler({ cacheDir: directory, runner: child });
  await fresh().compile(profile, soon);
  const [name = ''] = await readdir(directory);
  await writeFile(join(directory, name), Buffer.alloc(9));
  assert.equal((await fresh().compile(profile, soon)).length, 24);
  await rm(join(directory, name));
  await assert.rejects(fresh().compile(profile, soon), { code: 'InvalidArgument', message: /larger than 32768 bytes/ });
});
