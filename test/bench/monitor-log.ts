/** How fast a monitor writes a log, and what CPU it takes: a container that writes lines as fast as they are read. */
import { execFile } from 'node:child_process';
import { open, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../harness/places.ts';
import type { MonitorHost } from './monitor-hosts.ts';

const TOOL = join(ROOT, 'build/davit-test-tool');
const BYTES = 128 * 1024 * 1024;
/** More than a record has beside its line. */
const HEADER_BYTES = 64;
/** What a record has. */
const RECORD_BYTES = 40;
const MIB = 1024 * 1024;

export interface LogSpeed {
  readonly megabytesPerSecond: number;
  readonly cpuSeconds: number;
}

/** Lines of `lineBytes`, the newline included; with `newPages` the kernel has to find memory for the log while it is written. */
export async function measureLog(host: MonitorHost, id: string, lineBytes: number, directory: string, newPages = false): Promise<LogSpeed> {
  const [go, log] = [join(directory, `${id}.go`), join(directory, `${id}.log`)];
  const lines = Math.floor(BYTES / lineBytes);
  await prepareLog(log, lines * (lineBytes + HEADER_BYTES), newPages);
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

/** CPU seconds of a program that only reads what the container writes, and writes as many bytes as its log has: the kernel's part, whoever does it. */
export async function measureKernel(id: string, lineBytes: number, directory: string, newPages = false): Promise<number> {
  const log = join(directory, `${id}.log`);
  const lines = Math.floor(BYTES / lineBytes);
  await prepareLog(log, lines * (lineBytes + HEADER_BYTES), newPages);
  const more = Math.round(RECORD_BYTES * 1000 / lineBytes);
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', '"$0" lines "$1" "$2" | "$0" pour "$3" "$4"', TOOL, String(lines), String(lineBytes - 1), log, String(more)]);
  await rm(log);
  return Number(stdout.split(' ')[0]) / 1e9;
}

async function prepareLog(path: string, bytes: number, newPages: boolean): Promise<void> {
  await touchMemory(`${path}.touched`, bytes);
  await writeFile(path, '');
  if (!newPages) await promisify(execFile)('fallocate', ['--keep-size', '--length', String(bytes), path]);
}

/** A virtual machine's host lends memory when it is first touched, and whoever does that pays for it, several times what a monitor takes: here it is us. */
async function touchMemory(path: string, bytes: number): Promise<void> {
  await using file = await open(path, 'w');
  const zeros = Buffer.alloc(MIB);
  for (let written = 0; written < bytes; written += MIB) await file.write(zeros);
  await rm(path);
}
