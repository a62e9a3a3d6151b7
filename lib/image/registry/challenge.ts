/** One challenge of a WWW-Authenticate header (RFC 9110 section 11.6.1). Scheme and parameter names are lower case. */
export interface Challenge { readonly scheme: string; readonly parameters: Readonly<Record<string, string>> }

const MAX_HEADER_CHARS = 8192;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SEPARATORS = /[\s,]*/y;

/** Every challenge of the header, in order; what cannot be read ends the list. */
export function parseChallenges(header: string): Challenge[] {
  const text = header.slice(0, MAX_HEADER_CHARS);
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return undefined;
    at = pattern.lastIndex;
    return match[1] ?? match[0];
  };
  for (take(SEPARATORS); at < text.length; take(SEPARATORS)) {
    const name = take(TOKEN)?.toLowerCase();
    if (name === undefined) break;
    if (text[at] !== '=') { challenges.push({ scheme: name, parameters: Object.create(null) as Record<string, string> }); continue; }
    at++;
    const value = take(QUOTED)?.replace(/\\(.)/g, '$1') ?? take(TOKEN);
    const current = challenges.at(-1);
    if (value === undefined || !current) break;
    current.parameters[name] = value;
  }
  return challenges;
}
