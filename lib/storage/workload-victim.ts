/** A daemon for kill.kernel.test.ts to kill: pulls and removes without end. */
import { openStorage } from './storage-fixture.ts';
import { operationsOf, perform } from './workload-fixture.ts';

const OPERATIONS = 1000;
const [root = '', seed = ''] = process.argv.slice(2);
const storage = await openStorage(root);
process.stdout.write('ready\n');
for (const operation of operationsOf(Number(seed), OPERATIONS)) await perform(storage, operation);
