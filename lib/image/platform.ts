import { x86Level } from '#linux';

/** What an image must have been built for (image-spec image-index.md, `platform`). */
export interface Platform { readonly os: string; readonly architecture: string; readonly variants: readonly string[] }

/** GOARCH of Node's names. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm', ppc64: 'ppc64le', s390x: 's390x', riscv64: 'riscv64', loong64: 'loong64' };
/** Variants that a host can run, best first; '' is an entry that names none. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = { arm64: ['v8', ''], arm: ['v7', 'v6', 'v5', ''] };

/** The platform of this machine. @param level of an x86-64 processor */
export function hostPlatform(arch: string = process.arch, level?: number): Platform {
  const architecture = ARCHITECTURES[arch] ?? arch;
  return { os: 'linux', architecture, variants: architecture === 'amd64' ? amd64Variants(level ?? x86Level()) : VARIANTS[architecture] ?? [''] };
}

/** What every node runs comes first, so that nodes of one cluster run the same where they can; a build for newer processors is for those who offer nothing else. */
function amd64Variants(level: number): string[] {
  return ['', 'v1', ...Array.from({ length: level - 1 }, (_, i) => `v${level - i}`)];
}
