import { randomInt } from 'node:crypto';
import { ResourceExhaustedError } from '#errors';
import { limitProject, nextProject, projectOf, projectQuotaState, projectUsage, setProject, type ProjectQuotaState } from '#linux';
import type { FilesystemUsage, QuotaState, WritableLimits } from './api.ts';

/** The projects that are ours: others begin at 1 (overlay drivers) or 1,048,577 (kubelet). */
const FIRST_PROJECT = 0x4000_0000;
const LAST_PROJECT = 0x7fff_ffff;
/** So many projects of the range are tried before giving up. */
const MAX_TRIES = 1000;
/** Leftovers of earlier daemons that one start gives back. */
const MAX_SWEPT = 10_000;

/** The file system's side, by any directory of it. */
export interface ProjectQuotas {
  readonly projectQuotaState: typeof projectQuotaState;
  readonly projectOf: typeof projectOf;
  readonly projectUsage: typeof projectUsage;
  readonly nextProject: typeof nextProject;
  readonly setProject: typeof setProject;
  readonly limitProject: typeof limitProject;
}

const KERNEL: ProjectQuotas = { projectQuotaState, projectOf, projectUsage, nextProject, setProject, limitProject };

/**
 * A project of the file system for each container's writable layer, where it has project quotas: it counts what the container wrote and refuses what goes
 * beyond the limits. A project is recorded nowhere but in the directories that have it, which are as durable as what they hold.
 */
export class WritableQuota {
  readonly state: QuotaState;
  readonly #root: string;
  readonly #limits: Required<WritableLimits>;
  readonly #quotas: ProjectQuotas;
  readonly #taken = new Set<number>();
  readonly #projects = new Map<string, number>();
  #next: number;

  /** @param root a directory of the file system. @param first where the search for free projects begins: at random, so that two daemons over one disk do not meet. */
  constructor(root: string, limits: WritableLimits, quotas: ProjectQuotas = KERNEL, first = randomInt(FIRST_PROJECT, LAST_PROJECT + 1)) {
    this.#root = root;
    this.#limits = { bytes: limits.bytes ?? 0, inodes: limits.inodes ?? 0 };
    this.#quotas = quotas;
    this.#next = first;
    this.state = describe(quotas.projectQuotaState(root), this.#limits);
  }

  /** A container of an earlier daemon, by its upper directory. */
  adopt(id: string, upper: string): void {
    if (!this.state.counted) return;
    const project = this.#quotas.projectOf(upper);
    if (project < FIRST_PROJECT || project > LAST_PROJECT) return;
    this.#projects.set(id, project);
    this.#taken.add(project);
  }

  /** Gives the empty directories of a container's writable layer a project, then that its limits. @throws Error of the file system. */
  async begin(id: string, directories: readonly string[]): Promise<void> {
    if (!this.state.counted) return;
    const project = this.#claim();
    this.#projects.set(id, project);
    // The limit comes last: one of a project that no file has is a leftover, which sweep() takes away.
    for (const directory of directories) await this.#quotas.setProject(directory, project);
    if (this.state.limits) await this.#quotas.limitProject(this.#root, project, { maxBytes: this.#limits.bytes, maxInodes: this.#limits.inodes });
  }

  /** What a container wrote, overlayfs' own directories with it; undefined where nothing counts it. */
  usage(id: string): FilesystemUsage | undefined {
    const project = this.#projects.get(id);
    if (project === undefined) return undefined;
    const { bytes, inodes } = this.#quotas.projectUsage(this.#root, project);
    return { bytes, inodes };
  }

  /** The container is gone; its files may still be on their way. */
  async release(id: string): Promise<void> {
    const project = this.#projects.get(id);
    if (project === undefined) return;
    this.#projects.delete(id);
    try {
      if (this.state.limits) await this.#quotas.limitProject(this.#root, project, { maxBytes: 0, maxInodes: 0 });
    } finally {
      this.#taken.delete(project);
    }
  }

  /** Takes away limits that no file is under any more. */
  async sweep(): Promise<void> {
    if (!this.state.counted) return;
    let from = FIRST_PROJECT;
    for (let n = 0; n < MAX_SWEPT; n++) {
      const found = this.#quotas.nextProject(this.#root, from);
      if (!found || found.project > LAST_PROJECT) return;
      if (found.inodes === 0 && found.maxBytes + found.maxInodes > 0 && !this.#taken.has(found.project)) await this.#quotas.limitProject(this.#root, found.project, { maxBytes: 0, maxInodes: 0 });
      from = found.project + 1;
    }
  }

  /** A project that nobody has: neither a container here nor any file, of whomever. */
  #claim(): number {
    for (let n = 0; n < MAX_TRIES; n++) {
      const project = this.#next;
      this.#next = project === LAST_PROJECT ? FIRST_PROJECT : project + 1;
      if (this.#taken.has(project)) continue;
      const { bytes, inodes, maxBytes, maxInodes } = this.#quotas.projectUsage(this.#root, project);
      if (bytes + inodes + maxBytes + maxInodes > 0) continue;
      this.#taken.add(project);
      return project;
    }
    throw new ResourceExhaustedError(`find a free project for a writable layer: ${MAX_TRIES} in a row are taken`);
  }
}

function describe({ counted, enforced }: ProjectQuotaState, { bytes, inodes }: Required<WritableLimits>): QuotaState {
  const wanted = bytes > 0 || inodes > 0;
  if (counted && (enforced || !wanted)) return { counted, limits: wanted, reason: '' };
  const reason = counted ? 'the file system below root counts projects but does not limit them: mount it with prjquota' : 'the file system below root has no project quota: ext4 or xfs mounted with prjquota, and Linux 5.14, have';
  return { counted, limits: false, reason };
}
