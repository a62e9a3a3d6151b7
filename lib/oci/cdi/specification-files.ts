/** The CDI specifications of a node: files in a few directories, read when a container asks for a device. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, errorText, FailedPreconditionError } from '#errors';
import { readData } from '../read-data.ts';
import { parseSpecification, type CdiSpecification } from './specification.ts';

const MAX_FILES = 256;
const NAMES = /\.(json|yaml)$/;

export interface SpecificationFile {
  readonly path: string;
  /** Of the directory: the highest wins. */
  readonly priority: number;
  /** What is wrong with it. */
  readonly error?: string;
  readonly specification?: CdiSpecification;
}

/** Every file of the directories, of which later ones have priority; one that is wrong is said to be, for whoever needs a device of it. */
export async function readSpecificationFiles(directories: readonly string[]): Promise<SpecificationFile[]> {
  const files = (await Promise.all(directories.map(async (directory, priority) => (await namesOf(directory)).map((name) => ({ path: join(directory, name), priority }))))).flat();
  if (files.length > MAX_FILES) throw new FailedPreconditionError(`read CDI specifications: ${files.length} files in ${directories.join(', ')}, at most ${MAX_FILES} are read`);
  return Promise.all(files.map(async (file) => {
    try {
      return { ...file, specification: parseSpecification(await readData(file.path)) };
    } catch (error) {
      return { ...file, error: errorText(error) };
    }
  }));
}

async function namesOf(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => NAMES.test(name)).sort();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw new FailedPreconditionError(`read CDI specifications in '${directory}': ${errorText(error)}`, { cause: error });
  }
}
