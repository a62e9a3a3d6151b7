/** What a person wants to read of an OCI runtime's stderr: crun writes plain lines, runc logfmt lines of which the last error counts. */
export function runtimeMessage(text: string): string {
  const errors = [...text.matchAll(/level=(?:error|fatal) msg=("(?:[^"\\]|\\.)*"|\S+)/g)];
  const last = errors.at(-1)?.[1];
  if (last === undefined) return text.trim();
  const code = /^exit code \d+/.exec(text)?.[0];
  const words = unquote(last);
  return code === undefined ? words : `${code}: ${words}`;
}

function unquote(word: string): string {
  if (!word.startsWith('"')) return word;
  try {
    return JSON.parse(word) as string;
  } catch {
    return word.slice(1, -1);
  }
}
