/**
 * `npm run test:crashes -- [KIND...] [--rounds N] [--seed N]`: power cuts, kills, refused writes and hostile layers in the numbers of a night, where `npm test` plays a few.
 * Another seed is other places; the one that was taken is printed, and gives the same places again.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** By kind: the test, and rounds that make a hundred cuts, two hundred kills, seventy faults, millions of hostile pieces of layers. */
const KINDS: Readonly<Record<string, { readonly file: string; readonly rounds: number }>> = {
  cuts: { file: 'lib/storage/power-cut.kernel.test.ts', rounds: 10 },
  kills: { file: 'lib/storage/kill.kernel.test.ts', rounds: 7 },
  fuzz: { file: 'cmd/davit-unpack/test/fuzz.kernel.test.ts', rounds: 50 },
  faults: { file: 'lib/storage/failing-disk.kernel.test.ts', rounds: 3 },
};
const ROOT = resolve(import.meta.dirname, '..');
const MAX_SEED = 2 ** 31;

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
  const kinds = positionals.length === 0 ? Object.keys(KINDS) : positionals;
  const unknown = kinds.find((kind) => !Object.hasOwn(KINDS, kind)) ?? [values.rounds, values.seed].find((text) => text !== undefined && !/^\d{1,9}$/.test(text));
  if (unknown !== undefined) {
    process.stderr.write(`"${unknown}" is not known\nusage: npm run test:crashes -- [${Object.keys(KINDS).join('|')}]... [--rounds N] [--seed N]\n`);
    return 2;
  }
  const seed = values.seed ?? String(randomInt(MAX_SEED));
  let failed = 0;
  for (const kind of kinds) {
    const { file = '', rounds = 1 } = KINDS[kind] ?? {};
    process.stdout.write(`${kind}: ${values.rounds ?? rounds} rounds, --seed ${seed}\n`);
    const env = { ...process.env, DAVIT_TEST_ROUNDS: values.rounds ?? String(rounds), DAVIT_TEST_SEED: seed };
    const child = spawn(join(ROOT, 'test/isolate.sh'), [process.execPath, '--test-reporter=spec', join(ROOT, file)], { stdio: 'inherit', env, cwd: ROOT });
    const [code] = await once(child, 'exit') as [number | null];
    if (code !== 0) failed++;
  }
  process.stdout.write(`${kinds.length - failed} of ${kinds.length} kinds passed, --seed ${seed}\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
