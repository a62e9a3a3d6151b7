/** Figures of pods and containers as encoded messages: hundreds of them at a time, a hundred fields each. Field numbers are those of proto/stats.proto. */
import type { ContainerStats, CpuStats, FilesystemUsage, IoStats, MemoryStats, NetworkInterfaceUsage, PodStats, PressureLine, PressureStats } from '#pod';
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
  writeIo(writer, 6, stats.io);
  writeEach(writer, 5, stats.containers, writeContainerStats, encoded);
  const process = writer.end();
  writer.amount(2, stats.processCount);
  writer.integer(1, stats.cpu.timestamp);
  writer.message(4, process);
  writeNetwork(writer, 3, stats.network);
  writeMemory(writer, 2, stats.memory);
  writeCpu(writer, 1, stats.cpu);
  writer.message(2, linux);
  writer.bytes(1, encoded.item(stats.attributes, (attributes) => attributes, runtime.v1.PodSandboxAttributes));
}

export function fromFilesystem({ timestamp, mountpoint, usedBytes, inodesUsed }: FilesystemUsage): Input<FilesystemMessage> {
  return { timestamp, fsId: { mountpoint }, usedBytes: { value: usedBytes }, inodesUsed: { value: inodesUsed } };
}

/** A ContainerStats message. */
export function writeContainerStats(writer: BackwardWriter, { attributes, cpu, memory, writableLayer, swap, io }: ContainerStats, encoded: EncodedItems): void {
  writeIo(writer, 6, io);
  const ofSwap = writer.end();
  writer.amount(3, swap.usageBytes);
  writer.amount(2, swap.availableBytes);
  writer.integer(1, swap.timestamp);
  writer.message(5, ofSwap);
  writeFilesystem(writer, 4, writableLayer);
  writeMemory(writer, 3, memory);
  writeCpu(writer, 2, cpu);
  writer.bytes(1, encoded.item(attributes, (of) => of, runtime.v1.ContainerAttributes));
}

function writeFilesystem(writer: BackwardWriter, field: number, { timestamp, mountpoint, usedBytes, inodesUsed }: FilesystemUsage): void {
  const end = writer.end();
  writer.amount(4, inodesUsed);
  writer.amount(3, usedBytes);
  const id = writer.end();
  writer.text(1, mountpoint);
  writer.message(2, id);
  writer.integer(1, timestamp);
  writer.message(field, end);
}

function writeCpu(writer: BackwardWriter, field: number, { timestamp, usageCoreNanoSeconds, usageNanoCores, psi }: CpuStats): void {
  const end = writer.end();
  writePressure(writer, 4, psi);
  writer.amount(3, usageNanoCores);
  writer.amount(2, usageCoreNanoSeconds);
  writer.integer(1, timestamp);
  writer.message(field, end);
}

function writeMemory(writer: BackwardWriter, field: number, memory: MemoryStats): void {
  const end = writer.end();
  writePressure(writer, 8, memory.psi);
  writer.amount(7, memory.majorPageFaults);
  writer.amount(6, memory.pageFaults);
  writer.amount(5, memory.rssBytes);
  writer.amount(4, memory.usageBytes);
  writer.amount(3, memory.availableBytes);
  writer.amount(2, memory.workingSetBytes);
  writer.integer(1, memory.timestamp);
  writer.message(field, end);
}

function writeIo(writer: BackwardWriter, field: number, io: IoStats | undefined): void {
  if (!io) return;
  const end = writer.end();
  writePressure(writer, 2, io.psi);
  writer.integer(1, io.timestamp);
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

function writeNetwork(writer: BackwardWriter, field: number, network: PodStats['network']): void {
  if (!network) return;
  const end = writer.end();
  for (const one of network.interfaces.toReversed()) writeInterface(writer, 3, one);
  writeInterface(writer, 2, network.default);
  writer.integer(1, network.timestamp);
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
