import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLogLine, parseLogLine } from './log-line.ts';

const TIME = '2026-11-21T12:10:37.221356291Z';

for (const [line, expected] of [
  [`${TIME} stdout F hello world`, { time: TIME, stream: 'stdout', partial: false, content: 'hello world' }],
  [`${TIME} stderr P `, { time: TIME, stream: 'stderr', partial: true, content: '' }],
  [`${TIME} stdout F  two  spaces `, { time: TIME, stream: 'stdout', partial: false, content: ' two  spaces ' }],
  [`${TIME} stdout F carriage\r`, { time: TIME, stream: 'stdout', partial: false, content: 'carriage\r' }],
  ['2016-10-06T00:17:10.113242941+02:00 stderr F:tag x', { time: '2016-10-06T00:17:10.113242941+02:00', stream: 'stderr', partial: false, content: 'x' }],
] as const) {
  test(`parseLogLine() reads ${JSON.stringify(line)}`, () => assert.deepEqual(parseLogLine(line), expected));
}

for (const line of ['', 'hello', `${TIME} stdin F x`, `${TIME} stdout X x`, `${TIME}  stdout F x`, 'yesterday stdout F x']) {
  test(`parseLogLine() refuses ${JSON.stringify(line)}`, () => assert.equal(parseLogLine(line), undefined));
}

test('formatLogLine() is read back by parseLogLine()', () => {
  const line = { time: TIME, stream: 'stderr', partial: true, content: ' a b ' } as const;
  assert.deepEqual(parseLogLine(formatLogLine(line).slice(0, -1)), line);
});
