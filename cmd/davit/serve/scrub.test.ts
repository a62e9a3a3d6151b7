import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Logger } from '#log';
import { silentLogger } from '#log';
import type { Storage } from '#storage';
import { startScrub } from './scrub.ts';

type Check = Storage['check'];

function recordingLogger(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const note = (level: string) => (message: string, fields?: object): void => { lines.push(`${level} ${message} ${JSON.stringify(fields)}`); };
  return { lines, log: { ...silentLogger, error: note('error'), warn: note('warn'), info: note('info') } };
}

test('startScrub() checks again and again at the rate that is asked for, logs damage, and goes on after an error', async () => {
  const { log, lines } = recordingLogger();
  const third = Promise.withResolvers<undefined>();
  let runs = 0;
  const check: Check = async function* ({ full, bytesPerSecond }) {
    assert.deepEqual([full, bytesPerSecond], [true, 7]);
    if (++runs === 2) throw new Error('no');
    if (runs === 3) third.resolve(undefined);
    yield { kind: 'index', named: [], problems: 0 };
    yield { kind: 'layer', chainID: 'sha256:c', images: [], named: ['f: gone'], problems: 1, files: 1, bytes: 1 };
  };
  const scrub = startScrub({ check }, { intervalMs: 1, bytesPerSecond: 7 }, log);
  const alive = setInterval(() => undefined, 1000); // its own timers let the process end
  await third.promise;
  await scrub[Symbol.asyncDispose]();
  clearInterval(alive);
  assert.match(lines.join('\n'), /error damage found.*"layer":"sha256:c".*f: gone.*\ninfo layers checked \{"layers":1\}\nwarn checking the layers failed .*"no"/s);
});

test('startScrub() with no interval never checks', async () => {
  const scrub = startScrub({ check: () => { throw new Error('checked'); } }, { intervalMs: 0, bytesPerSecond: 0 }, silentLogger);
  await scrub[Symbol.asyncDispose]();
});
