/** The `davit` program: finds the command and turns what it throws into a line and an exit code. */
import { errorText } from '#errors';
import type { Command } from './cli/commands.ts';
import { COMMANDS } from './cli/commands.ts';
import { HELP_FLAG, parseFlags } from './cli/flags.ts';
import { commandHelp, generalHelp } from './cli/help.ts';
import { endWithOutput } from './cli/lost-output.ts';
import { UsageError } from './cli/usage-error.ts';

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

// The daemon goes on without its log.
if (process.argv[2] !== 'serve') endWithOutput(process);
process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const name = args[0] ?? '';
  try {
    return await run(name, args.slice(1));
  } catch (error) {
    if (error instanceof UsageError) {
      const command = COMMANDS.find((c) => c.name === name);
      process.stderr.write(`davit${command ? ` ${name}` : ''}: ${error.message}\nRun "davit help${command ? ` ${name}` : ''}" for what there is.\n`);
      return EXIT_USAGE;
    }
    process.stderr.write(`davit${name ? ` ${name}` : ''}: ${errorText(error)}\n`);
    return EXIT_FAILURE;
  }
}

async function run(name: string, rest: readonly string[]): Promise<number> {
  switch (name) {
    case '': throw new UsageError('a command is missing');
    case 'help': case '--help': case '-h': return help(rest);
    case '--version': case '-v': return run('version', rest);
    default: return runCommand(findCommand(name), rest);
  }
}

async function runCommand(command: Command, rest: readonly string[]): Promise<number> {
  const values = parseFlags(rest, [...command.flags, HELP_FLAG], command.arguments);
  if (!values.has(HELP_FLAG.name)) return command.run(values);
  process.stdout.write(commandHelp(command));
  return 0;
}

function help(rest: readonly string[]): number {
  const [topic, extra] = rest;
  if (extra !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(extra)}`);
  process.stdout.write(topic === undefined || topic === 'help' ? generalHelp() : commandHelp(findCommand(topic)));
  return 0;
}

function findCommand(name: string): Command {
  const command = COMMANDS.find((c) => c.name === name);
  if (!command) throw new UsageError(`unknown ${name.startsWith('-') ? 'flag' : 'command'} ${JSON.stringify(name)}`);
  return command;
}
