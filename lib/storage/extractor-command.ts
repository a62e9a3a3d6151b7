import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What keeps extractors to their staging directory. */
export interface ExtractorCage {
  /** `davit-monitor`: its `cage` becomes the extractor in a file tree of its own. */
  readonly program: string;
  /** Directories of the cgroup that extractors belong to, one a hierarchy. */
  readonly cgroupDirs: readonly string[];
}

export interface ExtractorCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = fileURLToPath(new URL('./extractor/main.ts', import.meta.url));
/** Keeps the heap of a process that meets a hostile archive small; buffers do not count. */
const NODE_OPTIONS = ['--max-old-space-size=1024', '--disable-warning=ExperimentalWarning'];
/** Node, its libraries and our code: what a caged extractor sees beside staging, and can only read. */
const SEEN = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', dirname(process.execPath), join(ROOT, 'lib'), join(ROOT, 'node_modules'), join(ROOT, 'package.json')] as const;
/** Instead of the daemon's pid: load the code, keep what was compiled, and end. */
export const WARM = 'warm';

/** How an extractor is started. @param cage absent: it may do what the daemon may, which is for tests. */
export function extractorCommand(place: { staging: string; codeCache: string }, cage?: ExtractorCage): ExtractorCommand {
  const plain = plainCommand(place.codeCache, String(process.pid));
  if (!cage) return plain;
  const seen = [...SEEN, place.codeCache].flatMap((path) => ['--see', path]);
  return { ...plain, file: cage.program, args: ['cage', ...cage.cgroupDirs.flatMap((path) => ['--cgroup', path]), ...seen, '--write', place.staging, plain.file, ...plain.args] };
}

/** Loads the extractor's code once and keeps it compiled: a caged one can read that and not write it. It reads nothing that came from outside. */
export function warmCommand(codeCache: string): ExtractorCommand {
  return plainCommand(codeCache, WARM);
}

function plainCommand(codeCache: string, argument: string): ExtractorCommand {
  return { file: process.execPath, args: [...NODE_OPTIONS, ENTRY, argument], env: { NODE_COMPILE_CACHE: codeCache } };
}
