import { fileURLToPath } from 'node:url';
import type { Config } from '../config/schema.ts';

/** The monitor's program: the configured one, or the one that was built here. */
export function monitorBinary({ runtime }: Pick<Config, 'runtime'>): string {
  return runtime.davit_monitor === '' ? fileURLToPath(new URL('../../../build/davit-monitor', import.meta.url)) : runtime.davit_monitor;
}
