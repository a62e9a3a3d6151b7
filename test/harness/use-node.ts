import { after, afterEach, before } from 'node:test';
import type { DavitOptions } from './davit.ts';
import { startNode } from './node.ts';
import type { TestNode } from './node.ts';

const SHOWN_LOG_LINES = 60;

/**
 * One daemon for all tests of a file. After each test every pod is removed and nothing of one may be left; after all,
 * nothing at all. A test that fails shows the end of the daemon's log.
 * @returns the node, once the tests run
 */
export function useNode(options: Omit<DavitOptions, 'images'> = {}): () => TestNode {
  let node: TestNode | undefined;
  before(async () => { node = await startNode(options); });
  afterEach(async (t) => {
    if ((t as { passed?: boolean }).passed !== true) process.stdout.write(`the daemon's log:\n${node?.davit.log().split('\n').slice(-SHOWN_LOG_LINES).join('\n') ?? 'none'}\n`);
    await node?.removeAllPods();
    await node?.assertClean();
  });
  after(() => node?.[Symbol.asyncDispose]());
  return () => {
    if (node === undefined) throw new Error('take the test node: it is there only while tests run');
    return node;
  };
}
