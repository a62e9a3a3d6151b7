/** Figures of pods and containers as messages. */
import type { ContainerStats, CpuStats, FilesystemUsage, MemoryStats, NetworkInterfaceUsage, PodStats } from '#pod';
import type {
  ContainerStats as ContainerMessage, CpuUsage, FilesystemUsage as FilesystemMessage, Input, MemoryUsage, NetworkInterfaceUsage as InterfaceMessage, PodSandboxStats, UInt64Value,
} from '../generated/cri.js';

export function fromContainerStats({ id, metadata, labels, annotations, cpu, memory, writableLayer, swap }: ContainerStats): Input<ContainerMessage> {
  return {
    attributes: { id, metadata, labels, annotations },
    cpu: fromCpu(cpu),
    memory: fromMemory(memory),
    writableLayer: fromFilesystem(writableLayer),
    swap: { timestamp: swap.timestamp, swapAvailableBytes: amount(swap.availableBytes), swapUsageBytes: amount(swap.usageBytes) },
  };
}

export function fromPodStats({ id, metadata, labels, annotations, cpu, memory, network, processCount, containers }: PodStats): Input<PodSandboxStats> {
  return {
    attributes: { id, metadata, labels, annotations },
    linux: {
      cpu: fromCpu(cpu),
      memory: fromMemory(memory),
      network: network && { timestamp: network.timestamp, defaultInterface: fromInterface(network.default), interfaces: network.interfaces.map(fromInterface) },
      process: { timestamp: cpu.timestamp, processCount: amount(processCount) },
      containers: containers.map(fromContainerStats),
    },
  };
}

export function fromFilesystem({ timestamp, mountpoint, usedBytes, inodesUsed }: FilesystemUsage): Input<FilesystemMessage> {
  return { timestamp, fsId: { mountpoint }, usedBytes: amount(usedBytes), inodesUsed: amount(inodesUsed) };
}

function fromCpu({ timestamp, usageCoreNanoSeconds, usageNanoCores }: CpuStats): Input<CpuUsage> {
  return { timestamp, usageCoreNanoSeconds: amount(usageCoreNanoSeconds), usageNanoCores: amount(usageNanoCores) };
}

function fromMemory({ timestamp, workingSetBytes, availableBytes, usageBytes, rssBytes, pageFaults, majorPageFaults }: MemoryStats): Input<MemoryUsage> {
  return {
    timestamp,
    workingSetBytes: amount(workingSetBytes), availableBytes: amount(availableBytes), usageBytes: amount(usageBytes),
    rssBytes: amount(rssBytes), pageFaults: amount(pageFaults), majorPageFaults: amount(majorPageFaults),
  };
}

function fromInterface({ name, rxBytes, rxErrors, txBytes, txErrors }: NetworkInterfaceUsage): Input<InterfaceMessage> {
  return { name, rxBytes: amount(rxBytes), rxErrors: amount(rxErrors), txBytes: amount(txBytes), txErrors: amount(txErrors) };
}

function amount(value: bigint): Input<UInt64Value> {
  return { value };
}
