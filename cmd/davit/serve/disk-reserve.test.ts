import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { reservePath } from '#fs';
import { silentLogger } from '#log';
import { keepReserve } from './disk-reserve.ts';

test('a reserve that cannot be made, for another reason than room, is said once with the reason, and its return once', { timeout: 60_000 }, async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'davit-reserve-'));
  t.after(() => rm(root, { recursive: true }));
  // Not timers of the clock: the next round is when the test says so.
  let again: (() => void) | undefined;
  t.mock.method(globalThis, 'setInterval', (run: () => void) => { again = run; return { unref: () => undefined }; });
  t.mock.method(globalThis, 'clearInterval', () => undefined);
  const said: [string, unknown][] = [];
  const log = { ...silentLogger, warn: (message: string, fields?: Readonly<Record<string, unknown>>) => { said.push([message, fields?.['error']]); } };
  await mkdir(join(reservePath(root), 'in-its-place'), { recursive: true });
  using reserve = await keepReserve(root, log);
  assert.ok(reserve);
  for (let minute = 0; minute < 3; minute++) { again?.(); await setImmediate(); }
  assert.deepEqual(said.map(([message]) => message), ['the reserve of the disk cannot be made']);
  assert.match(String(said[0]?.[1]), /EISDIR/);
  await rmdir(join(reservePath(root), 'in-its-place'));
  await rmdir(reservePath(root));
  again?.();
  while (said.length < 2) await setImmediate();
  assert.deepEqual(said.map(([message]) => message), ['the reserve of the disk cannot be made', 'the disk has room again']);
});
