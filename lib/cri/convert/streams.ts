import { InvalidArgumentError } from '#errors';

/** @throws InvalidArgumentError for what ExecRequest and AttachRequest of api.proto forbid */
export function checkStreams({ tty, stdin, stdout, stderr }: { tty: boolean; stdin: boolean; stdout: boolean; stderr: boolean }): void {
  if (tty && stderr) throw new InvalidArgumentError('stderr: with a tty there is no stderr of its own, expected false');
  if (!stdin && !stdout && !stderr) throw new InvalidArgumentError('one of stdin, stdout and stderr must be true');
}
