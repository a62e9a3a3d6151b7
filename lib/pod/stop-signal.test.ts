import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signalNumber, stopSignalName } from './stop-signal.ts';

const SIGNALS: readonly (readonly [text: string, name: string | undefined, number: number])[] = [
  ['SIGQUIT', 'SIGQUIT', 3], ['QUIT', 'SIGQUIT', 3], ['quit', 'SIGQUIT', 3], ['3', 'SIGQUIT', 3], ['6', 'SIGABRT', 6], ['29', 'SIGIO', 29],
  ['SIGRTMIN+3', 'SIGRTMIN+3', 37], ['RTMIN+3', 'SIGRTMIN+3', 37], ['37', 'SIGRTMIN+3', 37], ['34', 'SIGRTMIN', 34], ['SIGRTMIN+0', 'SIGRTMIN', 34], ['SIGRTMIN+20', 'SIGRTMAX-10', 54],
  ['SIGRTMAX', 'SIGRTMAX', 64], ['SIGRTMAX-1', 'SIGRTMAX-1', 63], ['49', 'SIGRTMIN+15', 49], ['50', 'SIGRTMAX-14', 50],
  ['0', undefined, 15], ['32', undefined, 15], ['65', undefined, 15], ['SIGRTMIN+31', undefined, 15], ['SIGRTMIN-1', undefined, 15], ['nonsense', undefined, 15], ['constructor', undefined, 15],
];
for (const [text, name, number] of SIGNALS) {
  test(`stopSignalName() of "${text}" is ${name ?? 'none'}`, () => {
    assert.equal(stopSignalName(text), name);
    assert.equal(signalNumber(name ?? text), number);
  });
}
