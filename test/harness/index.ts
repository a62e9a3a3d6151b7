/** What tests through the socket stand on: a daemon, crictl, images, and checks for leftovers. */
export { startDavit } from './davit.ts';
export type { Davit, DavitOptions } from './davit.ts';
export type { Crictl, CrictlResult } from './crictl.ts';
export { startImages } from './images.ts';
export type { TestNetwork } from './network.ts';
export { containerConfig, podConfig, writeConfig } from './pod-config.ts';
export type { ContainerConfig, ContainerOptions, PodConfig, PodOptions } from './pod-config.ts';
export { assertNothingLeft, compareSnapshots, hostSnapshot } from './snapshot/index.ts';
export type { HostSnapshot } from './snapshot/index.ts';
export { startNode } from './node.ts';
export type { TestNode } from './node.ts';
export { useNode } from './use-node.ts';
export { runContainer, runPod } from './pods.ts';
export type { RunningPod } from './pods.ts';
export { eventually } from './eventually.ts';
export { BUSYBOX_IMAGE, NGINX_IMAGE } from '../fixtures/images/critest.ts';
export { rawCall } from './raw-call.ts';
