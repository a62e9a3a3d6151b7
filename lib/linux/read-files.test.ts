import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileReader, hasLibrary, type ReadFiles } from './read-files.ts';

const READERS: readonly (readonly [string, ReadFiles])[] = [['by another thread', fileReader()], ['by this thread', fileReader('/no/library')]];

/** Files of these texts, open; gone when disposed. */
function files(texts: readonly string[]): { readonly fds: number[]; readonly paths: string[] } & Disposable {
  const directory = mkdtempSync(join(tmpdir(), 'davit-read-files-'));
  const paths = texts.map((_, i) => join(directory, String(i)));
  const fds = paths.map((path, i) => {
    writeFileSync(path, texts[i] ?? '');
    return openSync(path, 'r');
  });
  return { fds, paths, [Symbol.dispose]: () => {
    for (const fd of fds) closeSync(fd);
    rmSync(directory, { recursive: true });
  } };
}

test('the library is there: make builds it with the monitor', () => assert.ok(hasLibrary()));

test('a library that was built of other sources is refused, with what to do', () => {
  const directory = mkdtempSync(join(tmpdir(), 'davit-read-files-'));
  try {
    for (const [name, source, said] of [['older', 'int davit_files_abi(void) { return 1; }', '1'], ['oldest', 'int davit_read_files(void) { return 1; }', '[^,]*davit_files_abi[^,]*']] as const) {
      const library = join(directory, `${name}.so`);
      execFileSync('gcc', ['-shared', '-fPIC', '-nostdlib', '-x', 'c', '-', '-o', library], { input: source });
      assert.throws(() => fileReader(library), { code: 'FailedPrecondition', message: new RegExp(`^load '${library}': .*\\(${said}, expected \\d+\\); run "make -C cmd/davit-monitor"$`) });
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
});

for (const [name, readFiles] of READERS) {
  test(`files are read from their beginning, one behind another, every time (${name})`, async () => {
    using open = files(['one\n', '', 'three\n']);
    for (let time = 0; time < 2; time++) {
      const [text, lengths] = [Buffer.alloc(64), new Int32Array(3)];
      await readFiles(open.fds, text, lengths);
      assert.deepEqual([...lengths], [4, 0, 6]);
      assert.equal(text.toString('latin1', 0, 10), 'one\nthree\n');
    }
  });

  test(`one that cannot be read or may not have fitted takes no room, and those behind it are read (${name})`, async () => {
    using open = files(['x'.repeat(100), 'two\n', 'y'.repeat(60), '4\n']);
    const [text, lengths] = [Buffer.alloc(64), new Int32Array(5)];
    await readFiles([2 ** 30, ...open.fds], text, lengths);
    assert.deepEqual([...lengths], [-constants.errno.EBADF, -constants.errno.ENOBUFS, 4, -constants.errno.ENOBUFS, 2]);
    assert.equal(text.toString('latin1', 0, 6), 'two\n4\n');
  });

  test(`a path is read to its end between descriptors, in order; one that is not there or too long takes no room (${name})`, async () => {
    using open = files(['one\n', 'two\n', 'z'.repeat(64)]);
    const [{ fds: [first = -1], paths: [, second = '', long = ''] }, text, lengths] = [open, Buffer.alloc(64), new Int32Array(6)];
    await readFiles(['/no/such/file', second, first, long, '/proc', second], text, lengths);
    assert.deepEqual([...lengths], [-constants.errno.ENOENT, 4, 4, -constants.errno.ENOBUFS, -constants.errno.EISDIR, 4]);
    assert.equal(text.toString('latin1', 0, 12), 'two\none\ntwo\n');
    const [limits, length] = [Buffer.alloc(4096), new Int32Array(1)];
    await readFiles(['/proc/self/limits'], limits, length);
    assert.match(limits.toString('latin1', 0, length[0]), /^Max realtime timeout .*\n$/m);
  });
}

test('two calls at once do not meet', async () => {
  const readFiles = fileReader();
  using many = files(Array.from({ length: 200 }, (_, i) => `${i}\n`));
  const answers = await Promise.all(Array.from({ length: 4 }, async () => {
    const [text, lengths] = [Buffer.alloc(4096), new Int32Array(200)];
    await readFiles(many.fds, text, lengths);
    return text.toString('latin1', 0, lengths.reduce((sum, length) => sum + length, 0));
  }));
  for (const answer of answers) assert.equal(answer, Array.from({ length: 200 }, (_, i) => `${i}\n`).join(''));
});
