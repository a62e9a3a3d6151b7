import type { UnaryHandler } from '../handler.ts';

/** Version of the answer itself, the same in every runtime since the first. */
const ANSWER_VERSION = '0.1.0';

export const version: UnaryHandler<'Version'> = ({ info }) => ({
  version: ANSWER_VERSION, runtimeName: info.runtimeName, runtimeVersion: info.runtimeVersion, runtimeApiVersion: 'v1',
});
