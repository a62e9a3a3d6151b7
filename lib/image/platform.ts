/** What an image must have been built for (image-spec image-index.md, `platform`). */
export interface Platform { readonly os: string; readonly architecture: string; readonly variants: readonly string[] }

/** GOARCH of Node's names. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm', ppc64: 'ppc64le', s390x: 's390x', riscv64: 'riscv64', loong64: 'loong64' };
/** Variants that a host can run, best first; '' is an entry that names none. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = { amd64: ['', 'v1'], arm64: ['v8', ''], arm: ['v7', 'v6', 'v5', ''] };

/** The platform of this machine. */
export function hostPlatform(arch: string = process.arch): Platform {
  const architecture = ARCHITECTURES[arch] ?? arch;
  return { os: 'linux', architecture, variants: VARIANTS[architecture] ?? [''] };
}
