import { InvalidArgumentError } from '#errors';
import type { ImageProcessConfig } from './input.ts';

/**
 * CRI's command and args over the image's entrypoint and cmd: a command replaces both of the image's,
 * args alone replace cmd only (Kubernetes' rule for containers' command and args).
 * @throws InvalidArgumentError when nothing says what to run.
 */
export function processArgs(config: { readonly command: readonly string[]; readonly args: readonly string[] }, image: Pick<ImageProcessConfig, 'entrypoint' | 'cmd'>): string[] {
  const args = config.command.length > 0 ? [...config.command, ...config.args] : [...image.entrypoint, ...(config.args.length > 0 ? config.args : image.cmd)];
  if (args.length === 0 || args[0] === '') throw new InvalidArgumentError('start process: neither the container nor its image names a command');
  for (const arg of args) if (arg.includes('\0')) throw new InvalidArgumentError(`start process: argument '${arg.replaceAll('\0', '\\0')}' holds a NUL byte`);
  return args;
}

/** The container's working directory, else the image's, else '/'; always absolute. */
export function processCwd(workingDir: string, imageWorkingDir: string): string {
  const cwd = workingDir !== '' ? workingDir : imageWorkingDir;
  return cwd.startsWith('/') ? cwd : `/${cwd}`;
}
