import { InvalidArgumentError } from '#errors';
import { required } from '../convert/check.ts';
import type { UnaryHandler } from '../handler.ts';

const PORT_MAX = 65_535;

export const portForward: UnaryHandler<'PortForward'> = async ({ pods, streams }, { podSandboxId, port: ports }, { signal }) => {
  const id = required(podSandboxId, 'pod_sandbox_id');
  ports.forEach((port, i) => {
    if (port < 1 || port > PORT_MAX) throw new InvalidArgumentError(`port[${i}]: ${port} is no port, expected 1 to ${PORT_MAX}`);
  });
  return { url: streams.portForward({ ...await pods.portForward(id, { signal }), ports }) };
};
