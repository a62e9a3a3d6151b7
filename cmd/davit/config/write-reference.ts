/** `npm run docs`: writes what is derived from the schema. */
import { writeFile } from 'node:fs/promises';
import { derivedFiles } from './reference.ts';

for (const [file, text] of await derivedFiles()) await writeFile(file, text);
