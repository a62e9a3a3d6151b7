import { checkStreams } from '../convert/streams.ts';
import { required } from '../convert/check.ts';
import type { UnaryHandler } from '../handler.ts';

export const attach: UnaryHandler<'Attach'> = async ({ pods, streams }, { containerId, tty, stdin, stdout, stderr }, { signal }) => {
  const id = required(containerId, 'container_id');
  checkStreams({ tty, stdin, stdout, stderr });
  const { start, stdinOnce } = await pods.attach(id, { stdin, stdout, stderr }, { signal });
  return { url: streams.attach({ tty, stdin, stdout, stderr, stdinOnce, start }) };
};
