import type { SecurityProfile } from '../config.ts';
import { SECCOMP_PROGRAM_ANNOTATION } from '../spec/annotations.ts';
import type { LinuxSeccomp } from '../spec/types.ts';
import type { SeccompCompiler } from './compiler.ts';
import { defaultSeccompProfile } from './default-profile.ts';
import { readProfileFile } from './profile-file.ts';

/** How a container's profile reaches the runtime. */
export interface SeccompChoice {
  /** linux.seccomp; absent when a ready program goes by annotation and has no flags. */
  readonly linux?: LinuxSeccomp;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface SeccompRequest {
  /** CRI's; absent means unconfined. */
  readonly profile: SecurityProfile | undefined;
  readonly privileged: boolean;
  /** Those that the container will have. */
  readonly capabilities: readonly string[];
}

/** Files of the configuration that stand for the built-in choices; '' for none. */
export interface SeccompFiles {
  /** RuntimeDefault's. */
  readonly seccompProfile: string;
  /** Of privileged containers, whatever CRI asks for. */
  readonly privilegedSeccompProfile: string;
}

/**
 * The profile that CRI asks for: none for absent, unconfined and privileged; the default one; a file's.
 * @param compiler given where the runtime takes a ready program.
 * @returns undefined: unconfined.
 */
export async function prepareSeccomp(request: SeccompRequest, files: SeccompFiles, compiler: SeccompCompiler | undefined, options: { signal: AbortSignal }): Promise<SeccompChoice | undefined> {
  const file = profileFile(request, files);
  if (file === undefined) return undefined;
  const linux = file === '' ? defaultSeccompProfile(request.capabilities) : await readProfileFile(file, { capabilities: new Set(request.capabilities) });
  return seccompChoice(linux, compiler, options);
}

/** '' for the built-in profile, undefined for none. */
function profileFile({ profile, privileged }: SeccompRequest, { seccompProfile, privilegedSeccompProfile }: SeccompFiles): string | undefined {
  if (privileged) return privilegedSeccompProfile === '' ? undefined : privilegedSeccompProfile;
  if (!profile || profile.profileType === 'unconfined') return undefined;
  return profile.profileType === 'runtimeDefault' ? seccompProfile : profile.localhostRef;
}

/** Ready-made for a runtime that takes a program, else as it is, for the runtime to compile. */
export async function seccompChoice(linux: LinuxSeccomp, compiler: SeccompCompiler | undefined, options: { signal: AbortSignal }): Promise<SeccompChoice> {
  if (!compiler) return { linux, annotations: {} };
  const program = await compiler.compile(linux, options);
  return {
    // Flags are arguments of seccomp(2), not part of the program: the runtime reads them here.
    ...(linux.flags && { linux: { defaultAction: linux.defaultAction, flags: linux.flags } }),
    annotations: { [SECCOMP_PROGRAM_ANNOTATION]: program.toString('base64') },
  };
}
