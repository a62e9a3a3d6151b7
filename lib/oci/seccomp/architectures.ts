/** The native architecture with those whose programs it also runs, as seccomp names them; all are filtered, or a 32-bit program would go round the rules. */
const ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  x64: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
  arm64: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
  ppc64: ['SCMP_ARCH_PPC64LE'],
  s390x: ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'],
  riscv64: ['SCMP_ARCH_RISCV64'],
  loong64: ['SCMP_ARCH_LOONGARCH64'],
};

/** @param arch as process.arch names it. */
export function nativeArchitectures(arch: string = process.arch): readonly string[] {
  return ARCHITECTURES[arch] ?? [];
}

/** Names of architectures in the conditions of Docker's profile format (Go's). */
export function goArchitecture(arch: string = process.arch): string {
  return { x64: 'amd64', ppc64: 'ppc64le', ia32: 'x86' }[arch] ?? arch;
}
