/** The few of CRIU's images that davit changes: what belongs to the pod and not to the container. https://criu.org/Images */
import { open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '#errors';

/** Two magic numbers begin every image; entries follow, each a length and a protobuf message. */
const MAGIC_BYTES = 8;
const UTS_IMAGE = /^utsns-\d+\.img$/;
/** SysV shared memory, message queues and semaphores. */
const IPC_OBJECTS_IMAGE = /^ipcns-(shm|msg|sem)-\d+\.img$/;
/** CRIU's utsns_entry: nodename = 1, domainname = 2, both text. */
const NODENAME_TAG = 0x0a;
const DOMAINNAME_TAG = 0x12;
const DOMAINNAME = '(none)';
/** Of a host name; Linux allows 64 bytes. */
const MAX_NAME_BYTES = 64;

/** CRIU gives the namespace that it joins the name that was checkpointed: it is to be the pod's. */
export async function rewriteHostname(imagesDir: string, hostname: string): Promise<void> {
  const entry = Buffer.concat([field(NODENAME_TAG, hostname), field(DOMAINNAME_TAG, DOMAINNAME)]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(entry.length);
  for (const file of await imagesLike(imagesDir, UTS_IMAGE)) await writeFile(file, Buffer.concat([await magicOf(file), length, entry]));
}

/** For a pod whose IPC objects another container of it has brought: CRIU would fail to make them again. */
export async function forgetIpcObjects(imagesDir: string): Promise<void> {
  for (const file of await imagesLike(imagesDir, IPC_OBJECTS_IMAGE)) await writeFile(file, await magicOf(file));
}

async function imagesLike(imagesDir: string, name: RegExp): Promise<string[]> {
  return (await readdir(imagesDir)).filter((found) => name.test(found)).map((found) => join(imagesDir, found));
}

/** No more of it is read: whoever wrote it may have made it as large as the disk. */
async function magicOf(file: string): Promise<Buffer> {
  await using image = await open(file);
  const { buffer, bytesRead } = await image.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
  if (bytesRead < MAGIC_BYTES) throw new InvalidArgumentError(`restore: image "${file}" of CRIU has ${bytesRead} bytes, expected at least ${MAGIC_BYTES}`);
  return buffer;
}

/** Short enough for a length of one byte. */
function field(tag: number, text: string): Buffer {
  const bytes = Buffer.from(text).subarray(0, MAX_NAME_BYTES);
  return Buffer.concat([Buffer.of(tag, bytes.length), bytes]);
}
