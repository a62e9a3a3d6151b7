/** Figures of pods and containers as encoded messages: hundreds of them at a time, a hundred fields each. Field numbers are those of proto/stats.proto. */
import type { ContainerFigures, ContainerStats, CpuStats, FilesystemUsage, IoStats, MemoryStats, NetworkInterfaceUsage, PodStats, PressureLine, PressureStats } from '#pod';
import { BackwardWriter } from '../backward-writer.ts';
import { EncodedMessage, type EncodedItems } from '../encoded-items.ts';
import { runtime } from '../generated/cri.js';
import type { FilesystemUsage as FilesystemMessage, Input } from '../generated/cri.js';

/** Writes the fields of a message. */
type Write<S> = (writer: BackwardWriter, stats: S, encoded: EncodedItems) => void;

/** Of one message, about. */
const MESSAGE_BYTES = 384;

/** The answer whose field 1 is a message of each, made once for the same array. In one buffer: hundreds of small ones would live no longer than it. */
export function statsAnswer<S extends object>(all: readonly S[], write: Write<S>, encoded: EncodedItems): EncodedMessage {
  return encoded.answer(all, () => {
    const writer = new BackwardWriter(Math.max(1, all.length) * MESSAGE_BYTES);
    writeEach(writer, 1, all, write, encoded);
    return new EncodedMessage(writer.written());
  });
}

/** A message of each, by itself. */
export function statsItems<S>(all: readonly S[], write: Write<S>, encoded: EncodedItems): Uint8Array[] {
  const writer = new BackwardWriter();
  return all.map((stats) => {
    write(writer, stats, encoded);
    return writer.finish();
  });
}

function writeEach<S>(writer: BackwardWriter, field: number, all: readonly S[], write: Write<S>, encoded: EncodedItems): void {
  for (let i = all.length - 1; i >= 0; i--) {
    const end = writer.end();
    write(writer, all[i] as S, encoded);
    writer.message(field, end);
  }
}

/** A PodSandboxStats message. */
export function writePodStats(writer: BackwardWriter, stats: PodStats, encoded: EncodedItems): void {
  const linux = writer.end();
  writeIo(writer, 6, stats.io, stats.timestamp);
  writeEach(writer, 5, stats.containers, writeContainerStats, encoded);
  const process = writer.end();
  writer.amount(2, stats.processCount);
  writer.time(1, stats.timestamp);
  writer.message(4, process);
  writeNetwork(writer, 3, stats.network, stats.timestamp);
  writeMemory(writer, 2, stats.memory, stats.timestamp);
  writeCpu(writer, 1, stats.cpu, stats.timestamp);
  writer.message(2, linux);
  writer.bytes(1, encoded.item(stats.attributes, (attributes) => attributes, runtime.v1.PodSandboxAttributes));
}

export function fromFilesystem({ mountpoint, usedBytes, inodesUsed }: FilesystemUsage, timestamp: bigint): Input<FilesystemMessage> {
  return { timestamp, fsId: { mountpoint }, usedBytes: { value: usedBytes }, inodesUsed: { value: inodesUsed } };
}

/** A ContainerStats message: of a container that sleeps only the time is another one. */
export function writeContainerStats(writer: BackwardWriter, { timestamp, figures, isSleeping }: ContainerStats, encoded: EncodedItems): void {
  if (isSleeping) encoded.timed(writer, figures, timestamp, () => { writeFigures(writer, figures, timestamp, encoded); });
  else writeFigures(writer, figures, timestamp, encoded);
}

function writeFigures(writer: BackwardWriter, { attributes, cpu, memory, writableLayer, swap, io }: ContainerFigures, time: bigint, encoded: EncodedItems): void {
  writeIo(writer, 6, io, time);
  const ofSwap = writer.end();
  writer.amount(3, swap.usageBytes);
  writer.amount(2, swap.availableBytes);
  writer.time(1, time);
  writer.message(5, ofSwap);
  writeFilesystem(writer, 4, writableLayer, time);
  writeMemory(writer, 3, memory, time);
  writeCpu(writer, 2, cpu, time);
  writer.bytes(1, encoded.item(attributes, (of) => of, runtime.v1.ContainerAttributes));
}

function writeFilesystem(writer: BackwardWriter, field: number, { mountpoint, usedBytes, inodesUsed }: FilesystemUsage, time: bigint): void {
  const end = writer.end();
  writer.amount(4, inodesUsed);
  writer.amount(3, usedBytes);
  const id = writer.end();
  writer.text(1, mountpoint);
  writer.message(2, id);
  writer.time(1, time);
  writer.message(field, end);
}

function writeCpu(writer: BackwardWriter, field: number, { usageCoreNanoSeconds, usageNanoCores, psi }: CpuStats, time: bigint): void {
  const end = writer.end();
  writePressure(writer, 4, psi);
  writer.amount(3, usageNanoCores);
  writer.amount(2, usageCoreNanoSeconds);
  writer.time(1, time);
  writer.message(field, end);
}

function writeMemory(writer: BackwardWriter, field: number, memory: MemoryStats, time: bigint): void {
  const end = writer.end();
  writePressure(writer, 8, memory.psi);
  writer.amount(7, memory.majorPageFaults);
  writer.amount(6, memory.pageFaults);
  writer.amount(5, memory.rssBytes);
  writer.amount(4, memory.usageBytes);
  writer.amount(3, memory.availableBytes);
  writer.amount(2, memory.workingSetBytes);
  writer.time(1, time);
  writer.message(field, end);
}

function writeIo(writer: BackwardWriter, field: number, io: IoStats | undefined, time: bigint): void {
  if (!io) return;
  const end = writer.end();
  writePressure(writer, 2, io.psi);
  writer.time(1, time);
  writer.message(field, end);
}

function writePressure(writer: BackwardWriter, field: number, psi: PressureStats | undefined): void {
  if (!psi) return;
  const end = writer.end();
  writeLine(writer, 2, psi.some);
  writeLine(writer, 1, psi.full);
  writer.message(field, end);
}

/** The kernel counts microseconds, CRI nanoseconds. */
function writeLine(writer: BackwardWriter, field: number, { totalUs, avg10, avg60, avg300 }: PressureLine): void {
  const end = writer.end();
  writer.double(4, avg300);
  writer.double(3, avg60);
  writer.double(2, avg10);
  if (totalUs !== 0n) writer.integer(1, totalUs * 1000n);
  writer.message(field, end);
}

function writeNetwork(writer: BackwardWriter, field: number, network: PodStats['network'], time: bigint): void {
  if (!network) return;
  const end = writer.end();
  for (const one of network.interfaces.toReversed()) writeInterface(writer, 3, one);
  writeInterface(writer, 2, network.default);
  writer.time(1, time);
  writer.message(field, end);
}

function writeInterface(writer: BackwardWriter, field: number, { name, rxBytes, rxErrors, txBytes, txErrors }: NetworkInterfaceUsage): void {
  const end = writer.end();
  writer.amount(5, txErrors);
  writer.amount(4, txBytes);
  writer.amount(3, rxErrors);
  writer.amount(2, rxBytes);
  writer.text(1, name);
  writer.message(field, end);
}
