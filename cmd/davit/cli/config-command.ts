/** `davit config`. */
import { loadConfig } from '../config/load.ts';
import { printConfig } from '../config/print.ts';
import type { FlagValues } from './flags.ts';
import { configSources } from './flags.ts';

export async function printConfiguration(values: FlagValues): Promise<number> {
  const sources = values.has('default') ? { file: '', directory: '', overrides: [] } : configSources(values);
  const { tables, warnings } = await loadConfig(sources);
  for (const warning of warnings) process.stderr.write(`davit: warning: ${warning}\n`);
  process.stdout.write(printConfig(tables));
  return 0;
}
