import Database from 'better-sqlite3';
import { FailedPreconditionError, InvalidArgumentError, NotFoundError, ResourceExhaustedError } from '#errors';
import { isDiskFull, withReserve } from '#fs';
import { decode, encode } from './encoding.ts';
import type { ContainerRecord, PodRecord } from './record.ts';

const SCHEMA_VERSION = 1;
/** Pages in the write-ahead log after which a checkpoint is due (4 KiB each); it runs in a worker, see checkpoint.ts. */
export const CHECKPOINT_PAGES = 2048;

type Kind = 'pod' | 'container';

/**
 * All records, in memory for reading and in pods.db for the next daemon. A put is one transaction
 * of about 0.03 ms (WAL, synchronous=NORMAL: survives the daemon; after a power cut the pods are
 * dead anyway and the file is still consistent). Reading never touches the disk.
 */
export class PodStore implements Disposable {
  readonly #db: Database.Database;
  readonly #put: Database.Statement<[string, string, string]>;
  readonly #delete: Database.Statement<[string, string]>;
  readonly #pods = new Map<string, PodRecord>();
  readonly #containers = new Map<string, ContainerRecord>();
  readonly #containersOfPod = new Map<string, Set<string>>();
  readonly file: string;
  readonly #reserve: string;
  #changes = 0;
  #version = 0;

  /**
   * Opens or makes `file`. @param reserve room on a full disk for everything but new records: #fs withReserve()
   * @throws FailedPreconditionError when another version of davit wrote it.
   */
  constructor(file: string, reserve: string) {
    this.file = file;
    this.#reserve = reserve;
    this.#db = withReserve(reserve, () => openDatabase(file));
    this.#put = this.#db.prepare('INSERT INTO record (kind, id, json) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json');
    this.#delete = this.#db.prepare('DELETE FROM record WHERE kind = ? AND id = ?');
    for (const row of this.#db.prepare<[], { kind: Kind; json: string }>('SELECT kind, json FROM record').iterate()) {
      if (row.kind === 'pod') this.#indexPod(decode(row.json) as PodRecord);
      else this.#indexContainer(decode(row.json) as ContainerRecord);
    }
  }

  get pods(): Iterable<PodRecord> {
    return this.#pods.values();
  }

  get containers(): Iterable<ContainerRecord> {
    return this.#containers.values();
  }

  getPod(id: string): PodRecord | undefined {
    return this.#pods.get(id);
  }

  getContainer(id: string): ContainerRecord | undefined {
    return this.#containers.get(id);
  }

  /** The pod whose id is `id` or starts with it. @throws InvalidArgumentError when several do. */
  findPod(id: string): PodRecord | undefined {
    return findByPrefix(this.#pods, id, 'pod');
  }

  findContainer(id: string): ContainerRecord | undefined {
    return findByPrefix(this.#containers, id, 'container');
  }

  /** @throws NotFoundError */
  requirePod(id: string): PodRecord {
    const pod = this.findPod(id);
    if (!pod) throw new NotFoundError(`find pod "${id}": no pod has this id`);
    return pod;
  }

  /** @throws NotFoundError */
  requireContainer(id: string): ContainerRecord {
    const container = this.findContainer(id);
    if (!container) throw new NotFoundError(`find container "${id}": no container has this id`);
    return container;
  }

  containersOf(podId: string): ContainerRecord[] {
    return [...this.#containersOfPod.get(podId) ?? []].map((id) => this.#containers.get(id)).filter((c) => c !== undefined);
  }

  putPod(pod: PodRecord): PodRecord {
    this.#write('pod', pod.id, pod, this.#pods.has(pod.id));
    this.#indexPod(pod);
    return pod;
  }

  putContainer(container: ContainerRecord): ContainerRecord {
    this.#write('container', container.id, container, this.#containers.has(container.id));
    this.#indexContainer(container);
    return container;
  }

  /** Changes fields of the current record; undefined when it is gone. */
  patchPod(id: string, patch: Partial<PodRecord>): PodRecord | undefined {
    const pod = this.#pods.get(id);
    return pod && this.putPod({ ...pod, ...patch });
  }

  patchContainer(id: string, patch: Partial<ContainerRecord>): ContainerRecord | undefined {
    const container = this.#containers.get(id);
    return container && this.putContainer({ ...container, ...patch });
  }

  /** The same where the disk refuses, of what the next daemon finds elsewhere: a later change of the record writes it, too. */
  patchContainerInMemory(id: string, patch: Partial<ContainerRecord>): ContainerRecord | undefined {
    const container = this.#containers.get(id);
    if (!container) return undefined;
    const patched = { ...container, ...patch };
    this.#indexContainer(patched);
    return patched;
  }

  deletePod(id: string): void {
    this.#change('pod', id, true, () => this.#delete.run('pod', id));
    this.#version++;
    this.#pods.delete(id);
    this.#containersOfPod.delete(id);
  }

  deleteContainer(id: string): void {
    this.#change('container', id, true, () => this.#delete.run('container', id));
    this.#version++;
    const container = this.#containers.get(id);
    this.#containers.delete(id);
    if (container) this.#containersOfPod.get(container.podId)?.delete(id);
  }

  /** Another number after each change of any record. */
  get version(): number {
    return this.#version;
  }

  /** Transactions since the last call: the write-ahead log's growth, for whoever decides on a checkpoint. */
  takeChanges(): number {
    const changes = this.#changes;
    this.#changes = 0;
    return changes;
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }

  #write(kind: Kind, id: string, record: unknown, isKnown: boolean): void {
    this.#change(kind, id, isKnown, () => this.#put.run(kind, id, encode(record)));
  }

  /** @param isKnown it is no new record: then it is on the way to its end, and what it holds comes back. */
  #change(kind: Kind, id: string, isKnown: boolean, change: () => unknown): void {
    this.#changes++;
    try {
      if (isKnown) withReserve(this.#reserve, change);
      else change();
    } catch (error) {
      throw isDiskFull(error) ? new ResourceExhaustedError(`record ${kind} "${id}" in "${this.file}": the disk is full`, { cause: error }) : error;
    }
  }

  #indexPod(pod: PodRecord): void {
    this.#version++;
    this.#pods.set(pod.id, pod);
  }

  #indexContainer(container: ContainerRecord): void {
    this.#version++;
    this.#containers.set(container.id, container);
    const siblings = this.#containersOfPod.get(container.podId) ?? new Set();
    siblings.add(container.id);
    this.#containersOfPod.set(container.podId, siblings);
  }
}

function openDatabase(file: string): Database.Database {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('wal_autocheckpoint = 0');
    const version = db.pragma('user_version', { simple: true });
    if (version !== 0 && version !== SCHEMA_VERSION) throw new FailedPreconditionError(`open "${file}": schema version ${String(version)}, this davit reads ${SCHEMA_VERSION}`);
    db.exec(`CREATE TABLE IF NOT EXISTS record (kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID; PRAGMA user_version = ${SCHEMA_VERSION}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function findByPrefix<T>(records: ReadonlyMap<string, T>, id: string, what: string): T | undefined {
  const exact = records.get(id);
  if (exact !== undefined || id === '') return exact;
  const matches = [...records.keys()].filter((key) => key.startsWith(id));
  if (matches.length > 1) throw new InvalidArgumentError(`find ${what} "${id}": ${matches.length} ids start with it, give more digits`);
  return matches[0] === undefined ? undefined : records.get(matches[0]);
}
