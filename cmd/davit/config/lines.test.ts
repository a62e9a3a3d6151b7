import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lineOf, locateKeys } from './lines.ts';

const TEXT = `# a comment with key = 1
top = "a # b"

[crio.runtime] # trailing
log_level = "info"
hooks_dir = [
  "/a", # ] not the end
  "]",
]
text = """
fake = 1
[fake]
"""
'quoted.key' = { inner = 1 }
dotted.deep = 'x"y'
[ crio . "runtime" . runtimes.'my run' ]
runtime_path = ""
[[list]]
item = 1`;

const CASES: readonly (readonly [path: readonly string[], line: number])[] = [
  [['top'], 2],
  [['crio', 'runtime'], 4],
  [['crio', 'runtime', 'log_level'], 5],
  [['crio', 'runtime', 'hooks_dir'], 6],
  [['crio', 'runtime', 'text'], 10],
  [['crio', 'runtime', 'quoted.key', 'inner'], 14],
  [['crio', 'runtime', 'dotted'], 15],
  [['crio', 'runtime', 'dotted', 'deep'], 15],
  [['crio', 'runtime', 'runtimes', 'my run', 'runtime_path'], 17],
  [['list', 'item'], 19],
];

for (const [path, line] of CASES) {
  test(`lineOf() is ${line} for ${path.join(' > ')}`, () => assert.equal(lineOf(locateKeys(TEXT), path), line));
}

test('locateKeys() takes nothing inside strings for a key', () => {
  assert.equal([...locateKeys(TEXT).keys()].filter((key) => key.includes('fake')).length, 0);
});
