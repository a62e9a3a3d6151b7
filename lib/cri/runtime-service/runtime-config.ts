import { runtime } from '../generated/cri.js';
import type { UnaryHandler } from '../handler.ts';

const { SYSTEMD, CGROUPFS } = runtime.v1.CgroupDriver;

export const runtimeConfig: UnaryHandler<'RuntimeConfig'> = ({ info }) => ({ linux: { cgroupDriver: info.cgroupDriver === 'systemd' ? SYSTEMD : CGROUPFS } });
