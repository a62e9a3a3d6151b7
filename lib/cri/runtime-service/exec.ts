import { InvalidArgumentError } from '#errors';
import { checkStreams } from '../convert/streams.ts';
import { cTexts, required } from '../convert/check.ts';
import type { UnaryHandler } from '../handler.ts';

export const exec: UnaryHandler<'Exec'> = async ({ pods, streams }, { containerId, cmd, tty, stdin, stdout, stderr }, { signal }) => {
  const id = required(containerId, 'container_id');
  if (cmd.length === 0) throw new InvalidArgumentError('cmd is empty, expected the program and its arguments');
  checkStreams({ tty, stdin, stdout, stderr });
  const command = cTexts(cmd, 'cmd');
  const start = await pods.exec(id, command, { tty, stdin }, { signal });
  return { url: streams.exec({ command, tty, stdin, stdout, stderr, start }) };
};
