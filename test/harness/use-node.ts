import { after, afterEach, before } from 'node:test';
import { inspect } from 'node:util';
import type { DavitOptions } from './davit.ts';
import { startNode } from './node.ts';
import type { TestNode } from './node.ts';
import { processes } from './snapshot/categories.ts';

const SHOWN_LOG_LINES = 100;

/**
 * One daemon for all tests of a file. After each test every pod is removed and nothing of one may be left; after all,
 * nothing at all. A test that fails, or leaves something, shows the end of the daemon's log and what runs.
 * @returns the node, once the tests run
 */
export function useNode(options: Omit<DavitOptions, 'images'> = {}): () => TestNode {
  let node: TestNode | undefined;
  const showing = async (work: () => Promise<void> | undefined): Promise<void> => {
    try {
      await work();
    } catch (error) {
      // The runner's reports leave out what it holds.
      if (error instanceof SuppressedError) process.stdout.write(`${inspect([error.error, error.suppressed])}\n`);
      await show(node);
      throw error;
    }
  };
  before(async () => { node = await startNode(options); });
  afterEach(async (t) => {
    if ((t as { passed?: boolean }).passed !== true) await show(node);
    await showing(async () => {
      await node?.removeAllPods();
      await node?.assertClean();
    });
  });
  after(() => showing(() => node?.[Symbol.asyncDispose]() as Promise<void> | undefined));
  return () => {
    if (node === undefined) throw new Error('take the test node: it is there only while tests run');
    return node;
  };
}

async function show(node: TestNode | undefined): Promise<void> {
  const log = node?.davit.log().trimEnd().split('\n').slice(-SHOWN_LOG_LINES).join('\n') ?? 'none';
  process.stdout.write(`what runs:\n${(await processes()).join('\n')}\nthe daemon's log:\n${log}\n`);
}
