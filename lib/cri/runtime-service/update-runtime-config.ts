import type { UnaryHandler } from '../handler.ts';

/** A message without a pod CIDR changes nothing. */
export const updateRuntimeConfig: UnaryHandler<'UpdateRuntimeConfig'> = ({ info }, { runtimeConfig }) => {
  const podCidr = runtimeConfig?.networkConfig?.podCidr ?? '';
  if (podCidr !== '') info.setPodCidr(podCidr);
  return {};
};
