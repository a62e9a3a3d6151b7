/** lib/conmon's kernel tests with a monitor that is built with ASan and UBSan. Prints what the sanitizers found; exits 1 when they or the tests did. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const MONITOR = join(import.meta.dirname, '../cmd/davit-monitor');
/** Where cmd/davit-monitor/test/sanitizers.c has them written. */
const FINDINGS = '/tmp';
const FINDING = /^davit-monitor-(asan|ubsan)\./;

async function run(file: string, ...args: string[]): Promise<number> {
  const [code] = await once(spawn(file, args, { stdio: 'inherit' }), 'exit') as [number | null];
  return code ?? 1;
}

/** What was found, which is taken away. */
function takeFindings(): string[] {
  return readdirSync(FINDINGS).filter((name) => FINDING.test(name)).map((name) => {
    const text = readFileSync(join(FINDINGS, name), 'utf8');
    rmSync(join(FINDINGS, name));
    return text;
  });
}

takeFindings();
let code = await run('make', '-s', '-C', MONITOR, 'sanitized');
if (code === 0) code = await run(process.execPath, join(import.meta.dirname, 'run.ts'), 'kernel', '--', 'lib/conmon');
const findings = takeFindings();
for (const finding of findings) process.stderr.write(finding);
// The monitor that everything else uses.
rmSync(join(MONITOR, '../../build/davit-monitor'));
const restored = await run('make', '-s', '-C', MONITOR, 'all');
process.exitCode = findings.length > 0 ? 1 : code || restored;
