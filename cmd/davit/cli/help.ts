/** Help texts, made from the tables of commands and flags. */
import type { Command } from './commands.ts';
import { COMMANDS } from './commands.ts';
import type { Flag } from './flags.ts';
import { HELP_FLAG } from './flags.ts';

/** What `davit help` prints. */
export function generalHelp(): string {
  const rows = [...COMMANDS, { name: 'help', summary: 'show this, or the flags of a command' }].map((c) => [c.name, c.summary] as const);
  return `davit, a container runtime for Kubernetes\n\nUsage: davit COMMAND [FLAGS]\n\nCommands:\n${columns(rows)}\n\n"davit help COMMAND" shows the flags of a command.\nA running davit is found by its runroot (--runroot, or the configuration); a --root that is given must be its root.\n`;
}

/** What `davit help COMMAND` prints. */
export function commandHelp(command: Command): string {
  const flags = [...command.flags, HELP_FLAG].map((flag) => [flagText(flag), flag.description] as const);
  const expected = command.arguments ?? [];
  const usage = ['davit', command.name, '[FLAGS]', ...expected.map(({ name, optional }) => (optional ? `[${name}]` : name))].join(' ');
  const rows = expected.map(({ name, description }) => [name, description] as const);
  return `Usage: ${usage}\n\n${command.details}\n\n${rows.length > 0 ? `Arguments:\n${columns(rows)}\n\n` : ''}Flags:\n${columns(flags)}\n`;
}

function flagText(flag: Flag): string {
  return `${flag.short ? `-${flag.short}, ` : '    '}--${flag.name}${flag.value ? ` ${flag.value}` : ''}`;
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
