import { join } from 'node:path';

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

/** Of cmd/davit-unpack, which lies beside the monitor. */
export const EXTRACTOR_PROGRAM = join(import.meta.dirname, '../../build/davit-unpack');
/** Libraries: what a caged extractor sees beside its program and staging, and can only read. */
const SEEN = ['/lib', '/lib64', '/usr/lib', '/usr/lib64'] as const;

/** How an extractor is started. @param cage absent: it may do what the daemon may, which is for tests. */
export function extractorCommand(staging: string, cage?: ExtractorCage): ExtractorCommand {
  const plain = { file: EXTRACTOR_PROGRAM, args: [String(process.pid)], env: {} };
  if (!cage) return plain;
  const seen = [...SEEN, plain.file].flatMap((path) => ['--see', path]);
  return { ...plain, file: cage.program, args: ['cage', ...cage.cgroupDirs.flatMap((path) => ['--cgroup', path]), ...seen, '--write', staging, plain.file, ...plain.args] };
}
