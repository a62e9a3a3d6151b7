/** Seccomp and AppArmor profiles, in the new form and in the string that came before it. */
import { InvalidArgumentError } from '#errors';
import type { SecurityProfile } from '#oci';
import type { SecurityProfile as SecurityProfileMessage } from '../generated/cri.js';
import { cText, enumWord, required } from './check.ts';

const TYPES: readonly SecurityProfile['profileType'][] = ['runtimeDefault', 'unconfined', 'localhost'];
const OLD_LOCALHOST = 'localhost/';

/** @returns undefined when nothing is asked for: unconfined */
export function toSeccomp(profile: SecurityProfileMessage | null, oldForm: string, at: string): SecurityProfile | undefined {
  const seccomp = toSecurityProfile(profile, oldForm, `${at}.seccomp`, `${at}.seccomp_profile_path`);
  if (seccomp?.profileType === 'localhost' && !seccomp.localhostRef.startsWith('/')) {
    throw new InvalidArgumentError(`${at}.seccomp.localhost_ref: ${JSON.stringify(seccomp.localhostRef)} is no absolute path`);
  }
  return seccomp;
}

/** @returns undefined when nothing is asked for: unconfined */
export function toApparmor(profile: SecurityProfileMessage | null, oldForm: string, at: string): SecurityProfile | undefined {
  return toSecurityProfile(profile, oldForm, `${at}.apparmor`, `${at}.apparmor_profile`);
}

function toSecurityProfile(profile: SecurityProfileMessage | null, oldForm: string, at: string, oldAt: string): SecurityProfile | undefined {
  if (profile === null) return fromOldForm(oldForm, oldAt);
  const profileType = enumWord(TYPES, profile.profileType, `${at}.profile_type`);
  if (profileType !== 'localhost') return { profileType, localhostRef: '' };
  return { profileType, localhostRef: cText(required(profile.localhostRef, `${at}.localhost_ref`), `${at}.localhost_ref`) };
}

function fromOldForm(text: string, at: string): SecurityProfile | undefined {
  if (text === '') return undefined;
  if (text === 'runtime/default' || text === 'docker/default') return { profileType: 'runtimeDefault', localhostRef: '' };
  if (text === 'unconfined') return { profileType: 'unconfined', localhostRef: '' };
  if (text.startsWith(OLD_LOCALHOST)) return { profileType: 'localhost', localhostRef: cText(required(text.slice(OLD_LOCALHOST.length), at), at) };
  throw new InvalidArgumentError(`${at}: ${JSON.stringify(text)} is no profile, expected "runtime/default", "unconfined" or "localhost/NAME"`);
}
