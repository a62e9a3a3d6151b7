/** `davit image ACTION [IMAGE] [DIRECTORY]`. */
import { resolve } from 'node:path';
import { image, type ImageItem } from '../admin/image.ts';
import { loadConfig } from '../config/load.ts';
import { askOrOpen } from './ask-or-open.ts';
import { configSources, single, type FlagValues } from './flags.ts';
import { progressDisplay } from './progress-display.ts';
import { size } from './pull-text.ts';
import { UsageError } from './usage-error.ts';

const ID_DIGITS = 12;
const ACTIONS = ['ls', 'inspect', 'rm', 'load', 'save'];

export async function imageCommand(values: FlagValues): Promise<number> {
  const [action = '', name, directory] = ['ACTION', 'IMAGE', 'DIRECTORY'].map((argument) => single(values, argument));
  if (!ACTIONS.includes(action)) throw new UsageError(`unknown action ${JSON.stringify(action)}: expected ls, inspect, rm, load or save`);
  if (action !== 'ls' && name === undefined) throw new UsageError('an argument is missing: IMAGE');
  if (action === 'save' && directory === undefined) throw new UsageError('an argument is missing: DIRECTORY');
  if (action !== 'load' && values.has('name')) throw new UsageError('--name belongs to load');
  await using opened = new AsyncDisposableStack();
  const request = action === 'load'
    ? { action, ...await archive(values, opened), ...(values.has('name') && { name: single(values, 'name') }) }
    : { action, name, ...(directory !== undefined && { directory: resolve(directory) }) };
  const show = progressDisplay();
  for await (const item of askOrOpen(values, 'image', request, image)) {
    if ('progress' in item) show(item.progress);
    else process.stdout.write(`${textOf(item, action === 'ls')}\n`);
  }
  return 0;
}

/** The archive of `load`, open until `opened` is disposed. */
async function archive(values: FlagValues, opened: AsyncDisposableStack): Promise<{ path: string; label: string }> {
  const [{ openArchiveSource }, { config }] = await Promise.all([import('./archive-source.ts'), loadConfig(configSources(values))]);
  const { path, label } = opened.use(await openArchiveSource(single(values, 'IMAGE') ?? '-', config.crio.root));
  return { path, label };
}

function textOf(item: Exclude<ImageItem, { progress: unknown }>, brief: boolean): string {
  if ('removed' in item) return item.removed;
  if ('saved' in item) return `${item.saved}: ${item.layers} layers`;
  if ('loaded' in item) return `${item.loaded.imageId}  ${item.loaded.names.join(' ') || 'without a name: give it one by --name'}`;
  const { id, repoTags, repoDigests, sizeBytes } = item.image;
  if (!brief) return JSON.stringify(item.image, undefined, 2);
  return `${id.slice('sha256:'.length).slice(0, ID_DIGITS)}  ${size(sizeBytes).padStart(10)}  ${(repoTags.length > 0 ? repoTags : repoDigests).join(' ') || '<none>'}`;
}
