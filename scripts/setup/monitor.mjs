// The C monitor: make knows best whether it is up to date.
import { spawnSync } from 'node:child_process';
import { command } from './commands.mjs';
import { ROOT } from './paths.mjs';

const DIRECTORY = 'cmd/davit-monitor';

export const monitor = {
  name: 'davit-monitor',
  isDone: () => spawnSync('make', ['-q', '-C', DIRECTORY], { cwd: ROOT }).status === 0,
  run: () => { command('make', ['-s', '-C', DIRECTORY]); },
};
