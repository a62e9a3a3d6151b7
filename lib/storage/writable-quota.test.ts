import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceExhaustedError } from '#errors';
import { WritableQuota, type ProjectQuotas } from './writable-quota.ts';

const FIRST = 0x4000_0000;
const LAST = 0x7fff_ffff;

interface Project { bytes: number; inodes: number; maxBytes: number; maxInodes: number }

/** A file system with project quota, in memory. */
class FakeQuotas implements ProjectQuotas {
  readonly projects = new Map<number, Project>();
  readonly directories = new Map<string, number>();
  readonly #state: { counted: boolean; enforced: boolean };

  constructor(state = { counted: true, enforced: true }) {
    this.#state = state;
  }

  of(project: number): Project {
    let found = this.projects.get(project);
    if (!found) this.projects.set(project, found = { bytes: 0, inodes: 0, maxBytes: 0, maxInodes: 0 });
    return found;
  }

  projectQuotaState = (): { counted: boolean; enforced: boolean } => this.#state;
  projectOf = (directory: string): number => this.directories.get(directory) ?? 0;
  projectUsage = (_directory: string, project: number): Project => ({ ...this.of(project) });
  nextProject = (_directory: string, from: number): ({ project: number } & Project) | undefined => {
    const project = [...this.projects].filter(([id, { bytes, inodes, maxBytes, maxInodes }]) => id >= from && bytes + inodes + maxBytes + maxInodes > 0).map(([id]) => id).sort((a, b) => a - b)[0];
    return project === undefined ? undefined : { project, ...this.of(project) };
  };

  setProject = async (directory: string, project: number): Promise<void> => {
    this.directories.set(directory, project);
    this.of(project).inodes++;
  };

  limitProject = async (_directory: string, project: number, { maxBytes, maxInodes }: { maxBytes: number; maxInodes: number }): Promise<void> => {
    Object.assign(this.of(project), { maxBytes, maxInodes });
  };
}

test('begin() gives each container a project that nobody has, upper and work the same, and its limits', async () => {
  const disk = new FakeQuotas();
  disk.of(FIRST).inodes = 1; // somebody else's file
  disk.of(FIRST + 2).maxBytes = 5; // somebody else's limit
  const quota = new WritableQuota('/', { bytes: 4096, inodes: 10 }, disk, FIRST);
  await quota.begin('a', ['/a/upper', '/a/work']);
  await quota.begin('b', ['/b/upper', '/b/work']);
  assert.deepEqual([...disk.directories], [['/a/upper', FIRST + 1], ['/a/work', FIRST + 1], ['/b/upper', FIRST + 3], ['/b/work', FIRST + 3]]);
  assert.deepEqual(disk.of(FIRST + 1), { bytes: 0, inodes: 2, maxBytes: 4096, maxInodes: 10 });
  assert.equal(disk.of(FIRST).maxBytes, 0);
  assert.deepEqual(quota.state, { counted: true, limits: true, reason: '' });
});

test('containers that begin at once get projects of their own, though nothing has been counted yet', async () => {
  const disk = new FakeQuotas();
  const quota = new WritableQuota('/', {}, disk, LAST);
  await Promise.all(['a', 'b', 'c'].map((id) => quota.begin(id, [`/${id}`])));
  assert.deepEqual([...disk.directories.values()].sort((a, b) => a - b), [FIRST, FIRST + 1, LAST]);
});

test('usage() is what the file system counts, and nothing for a container without a project', async () => {
  const disk = new FakeQuotas();
  const quota = new WritableQuota('/', {}, disk, FIRST);
  await quota.begin('a', ['/a']);
  Object.assign(disk.of(FIRST), { bytes: 8192, inodes: 3 });
  assert.deepEqual(quota.usage('a'), { bytes: 8192, inodes: 3 });
  assert.equal(quota.usage('b'), undefined);
});

test('a project whose files are still there is not given to the next container; its limit goes at once', async () => {
  const disk = new FakeQuotas();
  const quota = new WritableQuota('/', { bytes: 4096 }, disk, LAST);
  await quota.begin('a', ['/a']);
  await quota.release('a');
  assert.deepEqual(disk.of(LAST), { bytes: 0, inodes: 1, maxBytes: 0, maxInodes: 0 });
  await new WritableQuota('/', {}, disk, LAST).begin('b', ['/b']);
  assert.equal(disk.directories.get('/b'), FIRST);
  assert.equal(quota.usage('a'), undefined);
});

test('the next daemon finds the projects of containers in their directories, and leaves those of others alone', async () => {
  const disk = new FakeQuotas();
  await new WritableQuota('/', { bytes: 4096 }, disk, FIRST).begin('a', ['/a']);
  disk.directories.set('/kubelet', 1_048_577);
  const next = new WritableQuota('/', { bytes: 4096 }, disk, FIRST);
  next.adopt('a', '/a');
  next.adopt('k', '/kubelet');
  assert.deepEqual(next.usage('a'), { bytes: 0, inodes: 1 });
  assert.equal(next.usage('k'), undefined);
  await next.release('a');
  assert.equal(disk.of(FIRST).maxBytes, 0);
});

test('sweep() takes away limits without files, in our range only', async () => {
  const disk = new FakeQuotas();
  disk.of(1_048_577).maxBytes = 1;
  disk.of(FIRST + 5).maxBytes = 1;
  Object.assign(disk.of(FIRST + 6), { maxBytes: 1, inodes: 2 });
  disk.of(LAST).maxInodes = 1;
  await new WritableQuota('/', {}, disk, FIRST).sweep();
  assert.deepEqual([1_048_577, FIRST + 5, FIRST + 6, LAST].map((id) => disk.of(id).maxBytes + disk.of(id).maxInodes), [1, 0, 1, 0]);
});

test('begin() says so when all projects that it tries are taken', async () => {
  const disk = new FakeQuotas();
  disk.projectUsage = () => ({ bytes: 0, inodes: 1, maxBytes: 0, maxInodes: 0 });
  await assert.rejects(new WritableQuota('/', {}, disk).begin('a', ['/a']), ResourceExhaustedError);
});

test('the state says what is missing', async () => {
  const none = new WritableQuota('/', { bytes: 1 }, new FakeQuotas({ counted: false, enforced: false }), FIRST);
  assert.deepEqual([none.state.counted, none.state.limits], [false, false]);
  assert.match(none.state.reason, /no project quota/);
  await none.begin('a', ['/a']);
  none.adopt('a', '/a');
  assert.equal(none.usage('a'), undefined);
  const counting = (limits: { bytes?: number }): WritableQuota => new WritableQuota('/', limits, new FakeQuotas({ counted: true, enforced: false }), FIRST);
  assert.deepEqual(counting({}).state, { counted: true, limits: false, reason: '' });
  assert.match(counting({ bytes: 1 }).state.reason, /mount it with prjquota/);
});
