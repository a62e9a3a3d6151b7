import type { Registry } from '../fixtures/registry/index.ts';
import { startDavit } from './davit.ts';
import type { Davit, DavitOptions } from './davit.ts';
import { startImages } from './images.ts';
import { assertNothingLeft, hostSnapshot } from './snapshot/index.ts';

/**
 * A daemon with its registry, and the state of the host before them. Disposing removes every pod, stops the daemon
 * and checks that the host is as it was before: a leak of any test fails there at the latest.
 */
export interface TestNode extends AsyncDisposable {
  readonly davit: Davit;
  readonly images: Registry;
  /** Checks that no pod, and nothing of one, is left: of this daemon's state and of the host's. Images may stay. */
  assertClean(): Promise<void>;
  /** Removes every pod with its containers, through the socket. */
  removeAllPods(): Promise<void>;
}

/** Parts of a daemon's state that hold images (whole or in part), compiled code and compiled seccomp profiles, not pods. */
const LASTING_STATE = /\/root\/(layers|blobs|cache|partials|[^/]+\.db(-wal|-shm)?$)|\/seccomp\//;
/** The daemon with its helpers, which a restart replaces and which end with it (checked when the daemon has stopped). */
const DAEMON_PROCESS = /^\d+ MainThread$|cmd\/davit\/main\.ts serve|davit-monitor launch|davit-unpack |\/lib\/\w+\/\w+\/[\w-]*main\.ts/;
/** What host-local keeps for itself. */
const HOST_LOCAL_STATE = /\/(last_reserved_ip\.\d+|lock)$/;

/** The parents of pods that name none and of monitors: two empty cgroups, made when first needed, kept or removed. With systemd also critest's parent: slices that have been started stay. */
const FIXED_CGROUPS = /^\/sys\/fs\/cgroup(\/[^/]+\/davit(-monitors)?|\/(davit(-monitors)?|davit\.slice|test\.slice))$/;

export async function startNode(options: Omit<DavitOptions, 'images'> = {}): Promise<TestNode> {
  const host = { ignore: [FIXED_CGROUPS] };
  const before = await hostSnapshot(host);
  const images = await startImages();
  const davit = await startDavit({ ...options, images: images.address }).catch(async (error: unknown) => { await images[Symbol.asyncDispose](); throw error; });
  const counted = {
    lost: false,
    directories: [davit.root, davit.runroot, davit.network.addressDir],
    ignore: [FIXED_CGROUPS, LASTING_STATE, DAEMON_PROCESS, HOST_LOCAL_STATE, new RegExp(`^${davit.network.bridge}$`), new RegExp(`^${davit.network.addressDir}$`), new RegExp(`^(${davit.root}|${davit.runroot})/[^/]+$`)],
  };
  const empty = await hostSnapshot(counted);
  const removeAllPods = async (): Promise<void> => {
    const { items } = await davit.client.call('ListPodSandbox', {});
    for (const { id } of items) await davit.client.call('RemovePodSandbox', { podSandboxId: id });
  };
  return {
    davit, images, removeAllPods,
    assertClean: () => assertNothingLeft(empty, counted),
    [Symbol.asyncDispose]: async () => {
      {
        await using stack = new AsyncDisposableStack();
        stack.use(images);
        stack.use(davit);
        await removeAllPods();
        await assertNothingLeft(empty, counted);
      }
      await assertNothingLeft(before, host);
    },
  };
}
