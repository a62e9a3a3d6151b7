/** `davit image ACTION [IMAGE] [DIRECTORY]`. */
import { resolve } from 'node:path';
import { image, type ImageItem } from '../admin/image.ts';
import { askOrOpen } from './ask-or-open.ts';
import { single, type FlagValues } from './flags.ts';
import { size } from './pull-text.ts';
import { UsageError } from './usage-error.ts';

const ID_DIGITS = 12;

export async function imageCommand(values: FlagValues): Promise<number> {
  const [action, name, directory] = ['ACTION', 'IMAGE', 'DIRECTORY'].map((argument) => single(values, argument));
  if (!['ls', 'inspect', 'rm', 'save'].includes(action ?? '')) throw new UsageError(`unknown action ${JSON.stringify(action)}: expected ls, inspect, rm or save`);
  if (action !== 'ls' && name === undefined) throw new UsageError('an argument is missing: IMAGE');
  if (action === 'save' && directory === undefined) throw new UsageError('an argument is missing: DIRECTORY');
  const request = { action, name, ...(directory !== undefined && { directory: resolve(directory) }) };
  for await (const item of askOrOpen(values, 'image', request, image)) process.stdout.write(`${textOf(item, action === 'ls')}\n`);
  return 0;
}

function textOf(item: ImageItem, brief: boolean): string {
  if ('removed' in item) return item.removed;
  if ('saved' in item) return `${item.saved}: ${item.layers} layers`;
  const { id, repoTags, repoDigests, sizeBytes } = item.image;
  if (!brief) return JSON.stringify(item.image, undefined, 2);
  return `${id.slice('sha256:'.length).slice(0, ID_DIGITS)}  ${size(sizeBytes).padStart(10)}  ${(repoTags.length > 0 ? repoTags : repoDigests).join(' ') || '<none>'}`;
}
