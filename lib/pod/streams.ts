import type { Connection, Monitor, ProcessStreams } from '#conmon';
import { FailedPreconditionError, InvalidArgumentError } from '#errors';
import { processJson } from '#oci';
import type { AttachStart, CallOptions, ExecStart, PortForwardStart } from './api.ts';
import type { PodContext } from './context.ts';
import { withReadyMoves } from './ready-for-moves.ts';
import type { ContainerRecord, PodRecord } from './record.ts';

/** What a client of exec, attach or port-forward may have, checked; it is started when that client has connected. */
export function execStart(context: PodContext, container: ContainerRecord, command: readonly string[], options: { tty: boolean; stdin: boolean }): ExecStart {
  const action = `run a command in container "${container.id}"`;
  if (command.length === 0) throw new InvalidArgumentError(`${action}: cmd is empty`);
  requireMonitor(context, container, action);
  return (call) => {
    const { monitor, process } = requireMonitor(context, container, action);
    const spec = { processJson: processJson(process, command, { terminal: options.tty }), terminal: options.tty, stdin: options.stdin, timeoutMs: 0, outputLimitBytes: Number.MAX_SAFE_INTEGER };
    return withReadyMoves(context, action, () => monitor.execStreams(spec, call));
  };
}

export function attachStart(context: PodContext, container: ContainerRecord, options: { stdin: boolean; stdout: boolean; stderr: boolean }): AttachStart {
  const action = `attach to container "${container.id}"`;
  requireMonitor(context, container, action);
  return { stdinOnce: container.config.stdinOnce, start: (call): Promise<ProcessStreams> => requireMonitor(context, container, action).monitor.attachStreams(options, call) };
}

/** @throws FailedPreconditionError unless the pod is ready */
export function portForwardStart(context: PodContext, pod: PodRecord): PortForwardStart {
  requireReady(context, pod.id);
  return {
    podSandboxId: pod.id,
    dial: async (port, call: CallOptions): Promise<Connection> => context.dialer.dial(requireReady(context, pod.id).namespaces.net ?? '', port, call),
  };
}

function requireReady(context: PodContext, id: string): PodRecord {
  const pod = context.store.requirePod(id);
  if (pod.phase !== 'ready') throw new FailedPreconditionError(`forward a port of pod "${id}": it is not ready`);
  return pod;
}

function requireMonitor(context: PodContext, container: ContainerRecord, action: string): { monitor: Monitor; process: NonNullable<ContainerRecord['process']> } {
  const live = context.live.get(container.id);
  if (!live || !container.process) throw new FailedPreconditionError(`${action}: its monitor is lost`);
  return { monitor: live.monitor, process: container.process };
}
