import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { native } from './libc.ts';
import { cleanTextMappings, releaseUnusedMemory } from './unused-memory.ts';

const mapping = (head: string, rss: number, anonymous: number): string => `${head}\nSize: 999 kB\nRss: ${String(rss).padStart(10)} kB\nAnonymous: ${String(anonymous).padStart(6)} kB\nVmFlags: rd\n`;

test('cleanTextMappings() takes text and read-only data of files, and nothing that is not in the file', () => {
  const smaps = [
    mapping('00400000-06b52000 r--p 00000000 fe:00 5316638      /usr/bin/node', 3352, 0),
    mapping('7f00-7f10 r-xp 00001000 fe:00 5316638              /usr/bin/node with space', 29072, 0),
    mapping('06b52000-06b56000 r--p 06751000 fe:00 5316638      /usr/bin/node', 16, 16),
    mapping('06b56000-06b60000 rw-p 06755000 fe:00 5316638      /usr/bin/node', 40, 0),
    mapping('7f20-7f30 r-xs 00000000 fe:00 77                   /shared', 40, 0),
    mapping('7ffd-7ffe r-xp 00000000 00:00 0                    [vdso]', 8, 0),
    mapping('7f40-7f50 r-xp 00000000 fe:00 78                   /never/touched', 0, 0),
  ].join('');
  assert.deepEqual(cleanTextMappings(smaps), [
    { start: 0x400000, end: 0x6b52000, residentKiB: 3352, file: '/usr/bin/node' },
    { start: 0x7f00, end: 0x7f10, residentKiB: 29072, file: '/usr/bin/node with space' },
  ]);
});

test('releaseUnusedMemory() makes the process smaller, and it goes on', async () => {
  const resident = (): number => Number(/^RssFile:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  const before = resident();
  assert.ok(await releaseUnusedMemory() > 10_000);
  assert.ok(resident() < before - 10_000, `${before} -> ${resident()}`);
  assert.deepEqual(JSON.parse('{"a":[1,2]}'), { a: [1, 2] });
});

test('releaseUnusedMemory() gives back pages of the heap that are free between others', async () => {
  const [malloc, free] = [native('malloc', 'uint64_t', ['size_t']), native('free', 'void', ['uint64_t'])];
  const memset = native('memset', 'uint64_t', ['uint64_t', 'int', 'size_t']);
  const resident = (): number => Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  const blocks = Array.from({ length: 1000 }, () => {
    const block = malloc()(64 * 1024);
    memset()(block, 1, 64 * 1024);
    return block;
  });
  for (const [n, block] of blocks.entries()) if (n % 2 === 0) free()(block);
  const before = resident();
  await releaseUnusedMemory();
  assert.ok(resident() < before - 20_000, `${before} -> ${resident()}`);
  for (const [n, block] of blocks.entries()) if (n % 2 === 1) free()(block);
});
