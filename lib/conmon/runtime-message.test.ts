import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runtimeMessage } from './runtime-message.ts';

for (const [name, text, expected] of [
  ['crun\'s words as they are', 'exit code 1: executable file `x` not found in $PATH: No such file or directory\n', 'exit code 1: executable file `x` not found in $PATH: No such file or directory'],
  ['the last error of runc\'s log lines', 'exit code 1: time="t" level=warning msg="old"\ntime="t" level=error msg="runc create failed: exec: \\"x\\": not found"\n', 'exit code 1: runc create failed: exec: "x": not found'],
  ['a message without quotes', 'time=t level=error msg=boom', 'boom'],
  ['a message that is no JSON string', 'level=error msg="bad \\x escape"', 'bad \\x escape'],
] as const) {
  test(`runtimeMessage() gives ${name}`, () => assert.equal(runtimeMessage(text), expected));
}
