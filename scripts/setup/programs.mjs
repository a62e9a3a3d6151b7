// The programs in C: make knows best whether they are up to date.
import { spawnSync } from 'node:child_process';
import { command } from './commands.mjs';
import { ROOT } from './paths.mjs';

export const monitor = program('davit-monitor');
export const unpacker = program('davit-unpack');

function program(name) {
  const directory = `cmd/${name}`;
  return {
    name,
    isDone: () => spawnSync('make', ['-q', '-C', directory], { cwd: ROOT }).status === 0,
    run: () => { command('make', ['-s', '-C', directory]); },
  };
}
