import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { LayerProgress, PullProgress } from '#image';
import { changedLines, pullLines, size } from './pull-text.ts';
import { Redrawn } from './redraw.ts';

const layer = (fields: Partial<LayerProgress>): LayerProgress => ({ digest: `sha256:${'ab'.repeat(32)}`, bytes: 0, totalBytes: 4 * 1024 ** 2, bytesPerSecond: 0, stage: 'waiting', endpoint: '', ...fields });
const pull = (fields: Partial<PullProgress>): PullProgress => ({ reference: 'r/a:1', stage: 'layers', elapsedMs: 1500, bytes: 0, totalBytes: 0, layers: [], ...fields });

for (const [bytes, text] of [[0, '0 B'], [1023, '1023 B'], [1024, '1.0 KiB'], [1536 * 1024, '1.5 MiB'], [5 * 1024 ** 4, '5.0 TiB'], [3000 * 1024 ** 4, '3000.0 TiB']] as const) {
  test(`size(${bytes}) is ${text}`, () => assert.equal(size(bytes), text));
}

test('pullLines() shows stage, bytes, rate and source of each layer, no wider than the terminal', () => {
  const shown = pullLines(pull({ layers: [layer({ bytes: 1024 ** 2, bytesPerSecond: 2048, stage: 'downloading', endpoint: 'r (anonymous)' }), layer({ stage: 'present' })], bytes: 1024 ** 2, totalBytes: 8 * 1024 ** 2 }), 200);
  assert.equal(shown[0], 'r/a:1  layers  1.0 MiB of 8.0 MiB  2.0 KiB/s  1.5 s');
  assert.equal(shown[1], `  abababababab  ${'━'.repeat(6)}${'─'.repeat(18)}     1.0 MiB / 4.0 MiB     downloading     2.0 KiB/s  r (anonymous)`);
  assert.match(shown[2] ?? '', /━{24} .*present/);
  assert.ok(pullLines(pull({ reference: 'x'.repeat(500), layers: [layer({ endpoint: 'y'.repeat(300) })] }), 80).every((line) => line.length < 80));
});

test('changedLines() has a line for each new stage and source, and none for bytes alone', () => {
  const first = pull({ layers: [layer({})] });
  assert.deepEqual(changedLines(undefined, first), ['layers after 1.5 s', 'abababababab waiting 0 B of 4.0 MiB']);
  const loading = pull({ layers: [layer({ stage: 'downloading', endpoint: 'r (anonymous)', bytes: 512 })] });
  assert.deepEqual(changedLines(first, loading), ['abababababab downloading 512 B of 4.0 MiB from r (anonymous)']);
  assert.deepEqual(changedLines(loading, pull({ layers: [layer({ stage: 'downloading', endpoint: 'r (anonymous)', bytes: 1024 })] })), []);
});

test('changedLines() tells a layer that is in the image twice once for each of its stages', () => {
  const both = pull({ layers: [layer({ stage: 'downloading' }), layer({})] });
  assert.equal(changedLines(undefined, both).length, 3);
  assert.deepEqual(changedLines(both, pull({ layers: [layer({ stage: 'downloading', bytes: 512 }), layer({})] })), []);
  assert.deepEqual(changedLines(both, pull({ layers: [layer({ stage: 'downloading' }), layer({ stage: 'present' })] })), ['abababababab present 0 B of 4.0 MiB']);
  assert.equal(changedLines(both, pull({ layers: [layer({ digest: `sha256:${'cd'.repeat(32)}`, stage: 'downloading' })] })).length, 1);
});

test('Redrawn draws over its last block, and no more lines than the terminal has', () => {
  let text = '';
  const block = new Redrawn({ write: (t) => { text += t; }, rows: 3 });
  block.draw(['a', 'b', 'c']);
  block.draw(['d']);
  assert.equal(text, '\r\u001b[0Ja\nb\n\u001b[2A\r\u001b[0Jd\n');
});
