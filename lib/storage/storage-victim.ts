/** A daemon for opening.kernel.test.ts to kill: mounts a container, then stands in the middle of a layer. */
import { archive } from './extractor/archive-fixture.ts';
import { never, openStorage, sourceOf } from './storage-fixture.ts';

const [root = '', ...chainIDs] = process.argv.slice(2);
const storage = await openStorage(root);
await storage.rootfs.create('c', chainIDs, { signal: never });
const tar = archive({ name: 'half', data: 'x'.repeat(100_000) });
const writer = await storage.layers.stage(sourceOf(tar, tar), { signal: never });
await writer.write(tar.subarray(0, 50_000));
process.stdout.write('half-way\n');
setInterval(() => undefined, 60_000);
