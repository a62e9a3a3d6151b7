/** How fast a monitor writes a log, and what CPU it takes: a container that writes lines as fast as they are read. */
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../harness/places.ts';
import type { MonitorHost } from './monitor-hosts.ts';

const TOOL = join(ROOT, 'build/davit-test-tool');
const BYTES = 128 * 1024 * 1024;

export interface LogSpeed {
  readonly megabytesPerSecond: number;
  readonly cpuSeconds: number;
}

/** Lines of `lineBytes`, the newline included. */
export async function measureLog(host: MonitorHost, id: string, lineBytes: number, directory: string): Promise<LogSpeed> {
  const [go, log] = [join(directory, `${id}.go`), join(directory, `${id}.log`)];
  const lines = Math.floor(BYTES / lineBytes);
  const container = await host.start(id, [TOOL, 'wait-file', go, 'lines', String(lines), String(lineBytes - 1)], log);
  const cpuBefore = await container.cpuSeconds();
  const begun = performance.now();
  await writeFile(go, '');
  await container.exited();
  const seconds = (performance.now() - begun) / 1000;
  const cpuSeconds = await container.cpuSeconds() - cpuBefore;
  const { size } = await stat(log);
  if (size < lines * lineBytes) throw new Error(`measure ${host.name}: its log has ${size} bytes, expected more than ${lines * lineBytes}`);
  await rm(log);
  await container.stop();
  return { megabytesPerSecond: lines * lineBytes / 1e6 / seconds, cpuSeconds };
}
