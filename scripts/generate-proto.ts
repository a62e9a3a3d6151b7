/**
 * Makes lib/cri/generated/ from lib/cri/proto/: `npm run generate`, or with a directory as
 * argument to write there instead (a test compares the two).
 *
 * cri.js is protobufjs' static code, with 64-bit numbers as bigint (lib/cri/wire.ts);
 * cri.d.ts are its types, services.ts is the table of calls.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import protobuf from 'protobufjs';
import pbjs from 'protobufjs-cli/pbjs.js';
import { renderServices } from './proto-services.ts';
import { renderTypes } from './proto-types.ts';

const CRI = join(import.meta.dirname, '..', 'lib', 'cri');
const MAIN = join(CRI, 'proto', 'service.proto');
const PBJS_OPTIONS = [
  '-t', 'static-module', '-w', 'esm', '--es6', '--dependency', '../wire.ts', '--lint', '',
  ...['create', 'verify', 'convert', 'delimited', 'typeurl', 'service', 'comments'].map((part) => `--no-${part}`),
];

const output = process.argv[2] ?? join(CRI, 'generated');
mkdirSync(output, { recursive: true });
const root = protobuf.loadSync(MAIN).resolveAll();
const v1 = root.lookup('runtime.v1') as protobuf.Namespace;
writeFileSync(join(output, 'cri.d.ts'), renderTypes(v1));
writeFileSync(join(output, 'services.ts'), renderServices(v1));
const script = join(output, 'cri.js');
await promisify<string[]>(pbjs.main)([...PBJS_OPTIONS, '-o', script, MAIN]);
writeFileSync(script, narrow(withBigints(readFileSync(script, 'utf8'))));

/** protobufjs knows Long or number; ours are bigints, which wire.ts reads and writes. */
function withBigints(code: string): string {
  const changed = code
    .replace(/\$util\.Long \? \$util\.Long\.fromBits\(0,0,(?:true|false)\) : 0/g, '0n')
    .replace(/\(typeof (message\.\w+) === "object" \? \1\.low \|\| \1\.high : \1 !== 0\)/g, '$1 !== 0n')
    .replace(/typeof \(value = (reader\.u?int64\(\))\) === "object" \? value\.low \|\| value\.high : value !== 0/g, '(value = $1) !== 0n');
  if (/Long|\.low\b/.test(changed)) throw new Error('generate cri.js: some 64-bit numbers are still Long; protobufjs writes them in another way than withBigints() expects');
  return changed;
}

/** One column a level: the daemon keeps this source in memory, and a third of it is indentation. */
function narrow(code: string): string {
  return code.replace(/^(?: {4})+/gm, (indentation) => ' '.repeat(indentation.length / 4));
}
