import { strict as assert } from 'node:assert';
import { test } from 'node:test';

/** Plain JavaScript, for the host's Node. */
const { command, retried, SetupError } = await import(new URL('commands.mjs', import.meta.url).href) as {
  command: (file: string, args: readonly string[]) => string;
  retried: <T>(work: () => T, waitsMs: readonly number[], say: (text: string) => void) => T;
  SetupError: new (message: string) => Error;
};

const silent = (): undefined => undefined;

/** Fails `times` times. */
function failing(times: number): { readonly work: () => string; tries: number } {
  const failing = { tries: 0, work: () => { if (failing.tries++ < times) throw new SetupError('the mirror is away'); return 'there'; } };
  return failing;
}

test('retried() tries again what failed, as often as it has waits', () => {
  const mirror = failing(2);
  let said = '';
  assert.equal(retried(mirror.work, [1, 1], (text) => { said += text; }), 'there');
  assert.match(said, /the mirror is away\nset-up: tried again in 0\.001 s/);
  assert.equal(mirror.tries, 3);
  const gone = failing(9);
  assert.throws(() => retried(gone.work, [1, 1], silent), /the mirror is away/);
  assert.equal(gone.tries, 3);
});

test('retried() does not try again what no other time mends', () => {
  let tries = 0;
  assert.throws(() => retried(() => { tries++; return command('/no/such/program', []); }, [1, 1], silent), /cannot run "\/no\/such\/program"/);
  assert.throws(() => retried(() => { tries++; throw new TypeError('a mistake of ours'); }, [1, 1], silent), TypeError);
  assert.equal(tries, 2);
});

test('command() gives what was said when it fails', () => {
  assert.equal(command('/bin/sh', ['-c', 'echo fine']), 'fine\n');
  assert.throws(() => command('/bin/sh', ['-c', 'echo out; echo err >&2; exit 3']), /ended with 3:\nout\nerr$/);
});
