/** A daemon for kill.kernel.test.ts to kill: pulls and removes what it is told. */
import { openStorage } from './storage-fixture.ts';
import { perform, type Operation } from './workload-fixture.ts';

const [root = '', operations = '[]'] = process.argv.slice(2);
const storage = await openStorage(root);
process.stdout.write('ready\n');
for (const operation of JSON.parse(operations) as Operation[]) await perform(storage, operation);
