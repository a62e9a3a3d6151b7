/** The user that an image asks for, as CRI's Image shows it: a number or a name, never both. */
export interface ImageUser { readonly uid?: number; readonly username: string }

/** `USER` of an image config: '1002', 'www-data', '1003:1004' or 'www-data:1004'. */
export function parseImageUser(user: string): ImageUser {
  const name = user.split(':')[0] ?? '';
  const uid = Number(name);
  return /^\d+$/.test(name) && Number.isSafeInteger(uid) ? { uid, username: '' } : { username: name };
}
