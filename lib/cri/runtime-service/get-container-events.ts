import type { StreamHandler } from '../handler.ts';
import { fromEvent } from '../convert/event.ts';

export const getContainerEvents: StreamHandler<'GetContainerEvents'> = async function* ({ pods }, _request, { signal }) {
  for await (const event of pods.events({ signal })) yield fromEvent(event);
};
