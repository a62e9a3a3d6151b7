import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '#log';
import { createServiceManager } from './service-manager.ts';

// That a datagram arrives is tested where it is sent: lib/linux/datagram.test.ts.
function warningsOf(socket: string | undefined): string[] {
  const lines: string[] = [];
  const manager = createServiceManager(socket, createLogger({ level: 'info', format: 'text', write: (line) => lines.push(line) }));
  manager.ready();
  manager.stopping();
  return lines;
}

test('createServiceManager() tells nobody when there is no service manager', () => {
  assert.deepEqual(warningsOf(undefined), []);
  assert.deepEqual(warningsOf(''), []);
});

test('createServiceManager() goes on when the service manager does not listen, and says so', () => {
  const [ready, stopping] = warningsOf('/nonexistent/notify');
  assert.match(ready ?? '', /warn .*socket=\/nonexistent\/notify state="READY=1" error="ENOENT/);
  assert.match(stopping ?? '', /state="STOPPING=1"/);
});
