import { InvalidArgumentError } from '#errors';
import { isShortName, parseReference, splitReference } from '../reference.ts';
import type { Reference } from '../reference.ts';
import type { RegistriesConfig } from './registries-config.ts';

/**
 * The full references that `text` may mean, in the order to try them. A name with a host means itself;
 * a short name its alias, else one in each search registry, else docker.io's.
 * @throws InvalidArgumentError when it is malformed, or ambiguous while short-name-mode is enforcing.
 */
export function candidatesOf(text: string, config: RegistriesConfig): Reference[] {
  if (!isShortName(text)) return [parseReference(text)];
  const { name } = splitReference(text);
  const suffix = text.slice(name.length);
  const alias = Object.hasOwn(config.aliases, name) && config.shortNameMode !== 'disabled' ? config.aliases[name] : undefined;
  if (alias) return [parseReference(alias + suffix)];
  const search = config.unqualifiedSearchRegistries;
  if (search.length === 0) return [parseReference(text)];
  const candidates = search.map((registry) => parseReference(`${registry}/${text}`));
  if (candidates.length > 1 && config.shortNameMode === 'enforcing') {
    throw new InvalidArgumentError(`resolve image "${text}": short-name-mode is enforcing and ${search.length} search registries are set (${search.join(', ')}); expected a name with its registry, or an alias`);
  }
  return candidates;
}
