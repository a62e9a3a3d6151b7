/** Loaded before a test file (temporary-directories.ts): writes each temporary directory that it makes into the list that is named behind the '?' of this module's URL. */
import { appendFileSync, promises } from 'node:fs';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const list = decodeURIComponent(new URL(import.meta.url).search.slice(1));
const { mkdtempSync } = fs;
const { mkdtemp } = promises;

function made(directory: string): string {
  appendFileSync(list, `${directory}\n`);
  return directory;
}

fs.mkdtempSync = ((...args: Parameters<typeof mkdtempSync>) => made(mkdtempSync(...args))) as typeof mkdtempSync;
promises.mkdtemp = (async (...args: Parameters<typeof mkdtemp>) => made(await mkdtemp(...args))) as typeof mkdtemp;
syncBuiltinESMExports();
