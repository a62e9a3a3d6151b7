/** `node main.ts --socket PATH [--focus REGEXP] [--nodes N] [--verbose]`: critest against a runtime that runs already; prints what did not pass. */
import { parseArgs } from 'node:util';
import { runCritest } from './critest.ts';
import { countLine } from './report.ts';

const { values } = parseArgs({ options: { socket: { type: 'string' }, focus: { type: 'string' }, nodes: { type: 'string', default: '1' }, verbose: { type: 'boolean', default: false } } });
if (values.socket === undefined) {
  process.stderr.write('usage: main.ts --socket PATH [--focus REGEXP] [--nodes N] [--verbose]\n');
  process.exitCode = 2;
} else {
  const results = await runCritest({
    socket: values.socket, nodes: Number(values.nodes), ...(values.focus !== undefined && { focus: values.focus }), ...(values.verbose && { onOutput: (text) => { process.stdout.write(text); } }),
  });
  for (const { name, outcome, message } of results.values()) if (outcome === 'failed') process.stdout.write(`failed: ${name}\n  ${message.slice(0, 1000)}\n`);
  process.stdout.write(`critest: ${countLine(results.values())}\n`);
  process.exitCode = [...results.values()].some((result) => result.outcome === 'failed') ? 1 : 0;
}
