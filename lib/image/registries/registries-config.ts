/** registries.conf version 2 (containers-registries.conf.5), checked and merged. */
export interface RegistriesConfig {
  /** By prefix, no prefix twice. */
  readonly registries: readonly RegistryRule[];
  /** Empty: short names are docker.io's. */
  readonly unqualifiedSearchRegistries: readonly string[];
  readonly shortNameMode: ShortNameMode;
  /** Short name → `domain/path`. */
  readonly aliases: Readonly<Record<string, string>>;
  /** In the order to ask: suffixes of docker-credential-*, and 'containers-auth.json' for the auth files. */
  readonly credentialHelpers: readonly string[];
  /** Things that were read and have no effect, each with its file. */
  readonly warnings: readonly string[];
}

export type ShortNameMode = 'enforcing' | 'permissive' | 'disabled';
export type PullFromMirror = 'all' | 'digest-only' | 'tag-only';

export interface RegistryRule {
  /** `host[:port][/path][:tag|@digest]` or `*.example.com`. */
  readonly prefix: string;
  /** Replaces the prefix; '' keeps the reference as it is. */
  readonly location: string;
  /** TLS without verification, and plain HTTP where TLS is not spoken. */
  readonly insecure: boolean;
  readonly blocked: boolean;
  readonly mirrors: readonly MirrorRule[];
  /** The file that the rule is from, for messages. */
  readonly file: string;
}

export interface MirrorRule { readonly location: string; readonly insecure: boolean; readonly pullFrom: PullFromMirror }

/** No rules: every reference is pulled from the host that it names, over verified TLS. */
export const EMPTY_REGISTRIES: RegistriesConfig = { registries: [], unqualifiedSearchRegistries: [], shortNameMode: 'permissive', aliases: {}, credentialHelpers: ['containers-auth.json'], warnings: [] };

/** One file laid over what was read before: its registries replace those of the same prefix, its aliases those of the same name. */
export function mergeRegistries(base: RegistriesConfig, over: Partial<RegistriesConfig>): RegistriesConfig {
  const replaced = new Set((over.registries ?? []).map((r) => r.prefix));
  return {
    registries: [...base.registries.filter((r) => !replaced.has(r.prefix)), ...(over.registries ?? [])],
    unqualifiedSearchRegistries: over.unqualifiedSearchRegistries ?? base.unqualifiedSearchRegistries,
    shortNameMode: over.shortNameMode ?? base.shortNameMode,
    aliases: { ...base.aliases, ...over.aliases },
    credentialHelpers: over.credentialHelpers ?? base.credentialHelpers,
    warnings: [...base.warnings, ...(over.warnings ?? [])],
  };
}
