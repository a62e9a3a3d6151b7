/** The directories of the daemon: made when absent, refused when somebody else could change what is in them. */
import { chmod, mkdir, stat } from 'node:fs/promises';
import { errorText, FailedPreconditionError } from '#errors';

/** Nobody but root looks into what survives; what lives below runroot has to be passed through, as to the socket. */
const ROOT_MODE = 0o700;
const RUNROOT_MODE = 0o711;
const WRITABLE_BY_OTHERS = 0o022;

/** @throws FailedPreconditionError naming the directory. */
export async function prepareStateDirectories(root: string, runroot: string): Promise<void> {
  await prepare('root', root, ROOT_MODE);
  await prepare('runroot', runroot, RUNROOT_MODE);
}

async function prepare(key: string, path: string, mode: number): Promise<void> {
  const title = `use ${key} directory ${JSON.stringify(path)}`;
  try {
    // The mode of the call is cut by the umask, and one that was there keeps its own.
    if (await mkdir(path, { recursive: true, mode: 0o755 }) !== undefined) await chmod(path, mode);
    const found = await stat(path);
    if (found.uid !== process.geteuid?.()) throw new FailedPreconditionError(`${title}: it belongs to user ${found.uid}, expected the user of the daemon, ${process.geteuid?.()}`);
    if ((found.mode & WRITABLE_BY_OTHERS) !== 0) throw new FailedPreconditionError(`${title}: others may write to it (mode ${(found.mode & 0o7777).toString(8)}), expected a directory of davit's own`);
  } catch (error) {
    if (error instanceof FailedPreconditionError) throw error;
    throw new FailedPreconditionError(`${title}: ${errorText(error)}`, { cause: error });
  }
}
