/** Figures of pods and containers as messages. */
import type { ContainerStats, CpuStats, FilesystemUsage, IoStats, MemoryStats, NetworkInterfaceUsage, PodStats, PressureLine, PressureStats } from '#pod';
import type {
  ContainerStats as ContainerMessage, CpuUsage, FilesystemUsage as FilesystemMessage, Input, IoUsage, MemoryUsage, NetworkInterfaceUsage as InterfaceMessage, PodSandboxStats,
  PsiData, PsiStats, UInt64Value,
} from '../generated/cri.js';

export function fromContainerStats({ id, metadata, labels, annotations, cpu, memory, writableLayer, swap, io }: ContainerStats): Input<ContainerMessage> {
  return {
    attributes: { id, metadata, labels, annotations },
    cpu: fromCpu(cpu),
    memory: fromMemory(memory),
    writableLayer: fromFilesystem(writableLayer),
    swap: { timestamp: swap.timestamp, swapAvailableBytes: amount(swap.availableBytes), swapUsageBytes: amount(swap.usageBytes) },
    io: fromIo(io),
  };
}

export function fromPodStats({ id, metadata, labels, annotations, cpu, memory, network, processCount, io, containers }: PodStats): Input<PodSandboxStats> {
  return {
    attributes: { id, metadata, labels, annotations },
    linux: {
      cpu: fromCpu(cpu),
      memory: fromMemory(memory),
      network: network && { timestamp: network.timestamp, defaultInterface: fromInterface(network.default), interfaces: network.interfaces.map(fromInterface) },
      process: { timestamp: cpu.timestamp, processCount: amount(processCount) },
      io: fromIo(io),
      containers: containers.map(fromContainerStats),
    },
  };
}

export function fromFilesystem({ timestamp, mountpoint, usedBytes, inodesUsed }: FilesystemUsage): Input<FilesystemMessage> {
  return { timestamp, fsId: { mountpoint }, usedBytes: amount(usedBytes), inodesUsed: amount(inodesUsed) };
}

function fromCpu({ timestamp, usageCoreNanoSeconds, usageNanoCores, psi }: CpuStats): Input<CpuUsage> {
  return { timestamp, psi: fromPsi(psi), usageCoreNanoSeconds: amount(usageCoreNanoSeconds), usageNanoCores: amount(usageNanoCores) };
}

function fromMemory({ timestamp, workingSetBytes, availableBytes, usageBytes, rssBytes, pageFaults, majorPageFaults, psi }: MemoryStats): Input<MemoryUsage> {
  return {
    timestamp,
    workingSetBytes: amount(workingSetBytes), availableBytes: amount(availableBytes), usageBytes: amount(usageBytes),
    rssBytes: amount(rssBytes), pageFaults: amount(pageFaults), majorPageFaults: amount(majorPageFaults), psi: fromPsi(psi),
  };
}

function fromIo(io: IoStats | undefined): Input<IoUsage> | undefined {
  return io && { timestamp: io.timestamp, psi: fromPsi(io.psi) };
}

function fromPsi(psi: PressureStats | undefined): Input<PsiStats> | undefined {
  return psi && { Full: fromPressure(psi.full), Some: fromPressure(psi.some) };
}

/** The kernel counts microseconds, CRI nanoseconds. */
function fromPressure({ totalUs, avg10, avg60, avg300 }: PressureLine): Input<PsiData> {
  return { Total: totalUs * 1000n, Avg10: avg10, Avg60: avg60, Avg300: avg300 };
}

function fromInterface({ name, rxBytes, rxErrors, txBytes, txErrors }: NetworkInterfaceUsage): Input<InterfaceMessage> {
  return { name, rxBytes: amount(rxBytes), rxErrors: amount(rxErrors), txBytes: amount(txBytes), txErrors: amount(txErrors) };
}

function amount(value: bigint): Input<UInt64Value> {
  return { value };
}
