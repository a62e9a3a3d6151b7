import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIST_FIGURES, parseFigures } from './figures.ts';
import { PULL_FIGURES } from './pulls/figures.ts';

test('parseFigures() takes some or all of a bench\'s own, and names what there is when it is asked for another', () => {
  assert.deepEqual(parseFigures('list', undefined), LIST_FIGURES);
  assert.deepEqual(parseFigures('list', 'poll_cpu'), ['poll_cpu']);
  assert.deepEqual(parseFigures('pull', 'all'), PULL_FIGURES);
  assert.throws(() => parseFigures('pull', 'list_p99'), /--figures "list_p99": want "all" or some of pull_gzip,/);
  assert.throws(() => parseFigures('exec', 'all'), /exec bench/);
});
