/** /etc/passwd and /etc/group of an image: https://man7.org/linux/man-pages/man5/passwd.5.html, group.5.html. */

export interface PasswdEntry { readonly name: string; readonly uid: number; readonly gid: number }
export interface GroupEntry { readonly name: string; readonly gid: number; readonly members: readonly string[] }

/** Ids above this are refused: OCI runtimes and kernels disagree about them (CVE-2024-40635). */
export const MAX_ID = 2 ** 31 - 1;

/** Lines that are no entry, or whose ids are none, are left out. */
export function parsePasswd(text: string): PasswdEntry[] {
  return lines(text).flatMap(([name, , uid, gid]) => {
    const [u, g] = [parseId(uid), parseId(gid)];
    return name === undefined || name === '' || u === undefined || g === undefined ? [] : [{ name, uid: u, gid: g }];
  });
}

/** Lines that are no entry are left out. */
export function parseGroup(text: string): GroupEntry[] {
  return lines(text).flatMap(([name, , gid, members]) => {
    const g = parseId(gid);
    return name === undefined || name === '' || g === undefined ? [] : [{ name, gid: g, members: (members ?? '').split(',').filter((m) => m !== '') }];
  });
}

/** A decimal id, or undefined. */
export function parseId(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  const id = Number(text);
  return id <= MAX_ID ? id : undefined;
}

function lines(text: string): string[][] {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).map((line) => line.trim().split(':'));
}
