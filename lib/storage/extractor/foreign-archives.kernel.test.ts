/** Archives that others made: the test data of Go's archive/tar, and trees packed by GNU tar, bsdtar and npm's tar. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { linkSync, lutimesSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { create } from 'tar';
import { DavitError } from '#errors';
import { lsetxattr, lgetxattr, mknod } from '#linux';
import { linesOnDisk } from './layer-model-fixture.ts';
import { TarReader } from './tar-reader.ts';
import { createScene, MAX_TEST_ENTRIES, unpackArchive } from './unpack-fixture.ts';

const small = ['file small.txt 5', 'file small2.txt 11'];
const everyType = ['directory dir/ 0', 'fifo fifo 0', 'file file 46', 'link hardlink 0', 'char null 0', 'block sda 0', 'symlink symlink 0', 'symlink badlink 0'];
/** Entries, or why it is refused. Sparse files, incremental dumps and headers that say something else than they mean have no place in a layer. */
const goData: Record<string, readonly string[] | RegExp> = {
  'gnu': small, 'star': small, 'v7': small, 'xattrs': small, 'writer': [...small, 'symlink link.txt 0'], 'file-and-dir': ['file small.txt 5', 'directory dir/ 0'], 'hardlink': ['file file.txt 15', 'link hard.txt 0'],
  'hdr-only': [...everyType, ...everyType], 'gnu-long-nul': ['file 0123456789 0'], 'gnu-multi-hdrs': ['symlink GNU2/GNU2/long-path-name 0'], 'gnu-not-utf8': ['file hi\x80\x81\x82\x83bye 0'],
  'gnu-utf8': [`file ${Buffer.from('☺☻☹'.repeat(18)).toString('latin1')} 0`], 'nil-uid': ['file P1050238.JPG.log 14'], 'pax': [`file a/${'123456789101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899100'} 7`, 'symlink a/b 0'],
  'pax-global-records': ['file file1 0', 'file file2 0', 'file file3 0', 'file file4 0'], 'pax-multi-hdrs': ['symlink bar 0'], 'pax-pos-size-file': ['file foo 999'], 'pax-records': ['file file 0'],
  'trailing-slash': [`directory ${'123456789/'.repeat(30)} 0`], 'ustar': [`file ${'longname/'.repeat(15)}file.txt 6`], 'ustar-file-devs': ['file file 0'], 'ustar-file-reg': ['file foo 684'],
  'gnu-incremental': /unknown type/, 'gnu-nil-sparse-data': /sparse/, 'gnu-nil-sparse-hole': /sparse/, 'pax-nil-sparse-data': /sparse/, 'pax-nil-sparse-hole': /sparse/, 'sparse-formats': /sparse/,
  'issue10968': /53 bits/, 'issue11169': /PAX header/, 'issue12435': /53 bits/, 'pax-bad-hdr-file': /PAX header/, 'pax-bad-mtime-file': /mtime/, 'pax-nul-path': /NUL/, 'pax-path-hdr': /ends inside/, 'writer-big': /ends inside/,
};
const goRoot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
for (const [name, expected] of Object.entries(goData)) {
  const bytes = readFileSync(join(goRoot, 'src/archive/tar/testdata', `${name}.tar`));
  test(`the extractor reads ${name}.tar of Go's archive/tar`, () => {
    using scene = createScene();
    const read = (): number => unpackArchive(scene.root, bytes).entries;
    if (expected instanceof RegExp) assert.throws(read, (error) => error instanceof DavitError && expected.test(error.message));
    else assert.equal(read(), expected.length);
  });
  test(`TarReader reads ${name}.tar of Go's archive/tar`, () => {
    const read = (): string[] => {
      const entries: string[] = [];
      const reader = new TarReader({ entry: ({ type, path, size }) => { entries.push(`${type} ${path} ${size}`); }, data: () => undefined, end: () => undefined }, MAX_TEST_ENTRIES);
      reader.push(bytes);
      reader.finish();
      return entries;
    };
    if (expected instanceof RegExp) assert.throws(read, (error) => error instanceof DavitError && expected.test(error.message));
    else assert.deepEqual(read(), expected);
  });
}

const packers: [string, (tree: string) => Promise<Buffer> | Buffer][] = [
  ...['gnu', 'oldgnu', 'posix'].map((format): [string, (tree: string) => Buffer] => [`GNU tar, ${format}`, (tree) => run('tar', ['--create', '--numeric-owner', `--format=${format}`, ...(format === 'posix' ? ['--xattrs'] : []), '--directory', tree, '.'])]),
  ...['gnutar', 'pax'].map((format): [string, (tree: string) => Buffer] => [`bsdtar, ${format}`, (tree) => run('bsdtar', ['--create', '--numeric-owner', '--format', format, '--file', '-', '--directory', tree, '.'])]),
  ["npm's tar", async (tree) => Buffer.concat(await Array.fromAsync(create({ cwd: tree, portable: false }, ['.']) as AsyncIterable<Buffer>))],
];
for (const [name, pack] of packers) {
  test(`Unpacker makes a tree again that was packed by ${name}`, async () => {
    using scene = createScene();
    const tree = scene.at('tree');
    // npm's tar packs no fifo.
    makeTree(tree, !name.startsWith('npm'));
    const packed = await pack(tree);
    const out = scene.at('out');
    mkdirSync(out);
    assert.deepEqual(unpackArchive(out, packed).implied, []);
    assert.deepEqual(linesOnDisk(out, []), linesOnDisk(tree, []));
    if (/posix|pax/.test(name)) assert.equal(lgetxattr(join(out, 'file'), 'user.mark')?.toString(), 'kept');
  });
}

function makeTree(root: string, withFifo: boolean): void {
  const [long, deep] = ['n'.repeat(200), `${'deep/'.repeat(40)}end`];
  for (const directory of ['', long, deep, 'sticky']) mkdirSync(join(root, directory), { recursive: true, mode: directory === 'sticky' ? 0o1777 : 0o755 });
  for (const [name, mode] of [['file', 0o644], ['setuid', 0o4755], [`${long}/${long}`, 0o600], [`${deep}/file`, 0o444]] as const) writeFileSync(join(root, name), `content of ${name}`, { mode });
  linkSync(join(root, 'file'), join(root, 'second name'));
  symlinkSync(`/${long}/${long}`, join(root, 'link'));
  symlinkSync('nothing there', join(root, 'a dangling link'));
  if (withFifo) mknod(join(root, 'fifo'), 0o010640, { major: 0, minor: 0 });
  lsetxattr(join(root, 'file'), 'user.mark', Buffer.from('kept'));
  for (const line of linesOnDisk(root, []).map((text) => / (symlink|file|fifo|directory|is) /.exec(text)).reverse()) {
    const path = join(root, line?.input.slice(0, line.index) ?? '');
    if (line?.[1] === 'symlink') lutimesSync(path, 1_600_000_001, 1_600_000_001);
    else utimesSync(path, 1_600_000_000, 1_600_000_000);
  }
}

function run(program: string, args: readonly string[]): Buffer {
  return execFileSync(program, args, { maxBuffer: 64 * 1024 * 1024 });
}
