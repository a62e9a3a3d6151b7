import assert from 'node:assert/strict';
import test from 'node:test';
import { processEnv } from './env.ts';

const none = { envs: [], imageEnv: [], defaultEnv: [], hostname: '', tty: false };
const env = (key: string, value: string | Uint8Array): { key: string; value: Uint8Array } => ({ key, value: typeof value === 'string' ? Buffer.from(value) : value });

test('processEnv() gives a PATH when nobody does, TERM on a terminal, and the pod\'s name', () => {
  assert.deepEqual(processEnv(none), ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']);
  assert.deepEqual(processEnv({ ...none, tty: true, hostname: 'h' }).slice(1), ['TERM=xterm', 'HOSTNAME=h']);
});

test('processEnv() lets the container win over the image and the image over the defaults, each name once', () => {
  const result = processEnv({ ...none, defaultEnv: ['A=default', 'D=default'], imageEnv: ['A=image', 'PATH=/bin', 'I=image'], envs: [env('A', 'a=b'), env('I', ''), env('I', 'last')] });
  assert.deepEqual(result, ['PATH=/bin', 'A=a=b', 'D=default', 'I=last']);
});

test('processEnv() keeps a byte order mark and refuses what JSON or execve cannot carry', () => {
  assert.equal(processEnv({ ...none, envs: [env('B', '\ufeffx')] }).at(-1), 'B=\ufeffx');
  for (const bad of [env('B', Uint8Array.of(0xff)), env('B', 'a\0b'), env('', 'x'), env('A=B', 'x')]) assert.throws(() => processEnv({ ...none, envs: [bad] }), { code: 'InvalidArgument' });
});
