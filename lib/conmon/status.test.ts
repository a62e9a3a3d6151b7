import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DataLossError, FailedPreconditionError } from '#errors';
import { PROTOCOL_OLDEST, PROTOCOL_VERSION } from './protocol.ts';
import { parseStatus } from './status.ts';

const NUMBERS = ['container_pid', 'started_at_ns', 'terminal', 'stdin', 'stdout_bytes', 'stderr_bytes', 'log_lines', 'log_bytes', 'log_lost_lines', 'log_lost_bytes', 'execs_live', 'execs_total', 'clients_dropped'];
const text = (fields: Readonly<Record<string, unknown>>): Buffer =>
  Buffer.from(Object.entries({ version: '1', id: 'box', token: '', monitor_pid: 7, state: 'running', ...Object.fromEntries(NUMBERS.map((name) => [name, 0])), ...fields }).map(([key, value]) => `${key}=${String(value)}\n`).join(''));

for (const protocol of [PROTOCOL_OLDEST, PROTOCOL_VERSION]) {
  test(`a monitor of protocol ${protocol} is understood`, () => assert.equal(parseStatus(text({ protocol })).protocol, protocol));
}

for (const protocol of [PROTOCOL_OLDEST - 1, PROTOCOL_VERSION + 1]) {
  test(`a monitor of protocol ${protocol} is refused with the container and what is expected`, () => {
    assert.throws(() => parseStatus(text({ protocol })), (error) => error instanceof FailedPreconditionError && error.message === `talk to monitor of "box": it speaks protocol ${protocol}, expected 1 to 2`);
  });
}

test('a status without a field, with a word for a number, or of an unknown state is damaged', () => {
  assert.throws(() => parseStatus(text({})), DataLossError);
  assert.throws(() => parseStatus(text({ protocol: 'two' })), DataLossError);
  assert.throws(() => parseStatus(text({ protocol: 2, monitor_pid: '0x7' })), DataLossError);
  assert.throws(() => parseStatus(text({ protocol: 2, state: 'paused' })), DataLossError);
});
