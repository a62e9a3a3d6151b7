import { parseArgs } from 'node:util';
import { BUSYBOX_IMAGE } from '../harness/index.ts';
import { BIG_IMAGE } from './big-image.ts';
import { LIST_FIGURES, parseFigures } from './figures.ts';
import { PULL_FIGURES } from './pulls/figures.ts';

export const BENCHES = ['pod', 'exec', 'pull', 'memory', 'list', 'network', 'monitor', 'stream'] as const;
export type BenchName = (typeof BENCHES)[number];

export interface BenchOptions {
  readonly bench: BenchName;
  /** Of a runtime that is already there; absent: davit is started for the bench. */
  readonly socket?: string;
  readonly handler: string;
  /** Samples. */
  readonly count: number;
  readonly pods: number;
  readonly monitors: number;
  /** Of containers. */
  readonly image: string;
  readonly pullImage: string;
  /** Of the pull and the list bench. */
  readonly figures: readonly string[];
  readonly registryPort: number;
  readonly state: string;
  /** Instead of `state`, for the pull bench. */
  readonly disk?: string;
}

const DEFAULT_COUNTS: Readonly<Record<BenchName, number>> = { pod: 30, exec: 100, pull: 3, memory: 1, list: 200, network: 100, monitor: 100, stream: 5 };

export const USAGE = `usage: npm run bench -- NAME [OPTIONS]; NAME is one of ${BENCHES.join(', ')}
  --socket PATH         measure the runtime behind this CRI socket; without it davit is started for the bench, cut off from the host
  --handler NAME        runtime handler of pods (default: the runtime's own)
  --count N             samples (default: pod ${DEFAULT_COUNTS.pod}, exec ${DEFAULT_COUNTS.exec}, pull ${DEFAULT_COUNTS.pull}, list ${DEFAULT_COUNTS.list}, network ${DEFAULT_COUNTS.network}, stream ${DEFAULT_COUNTS.stream})
  --pods N              pods of the memory bench, and of the list bench with five containers each (default 50)
  --monitors N          idle monitors, and as many conmons, of the monitor bench (default 200)
  --image REF           image of containers, with sleep and true (default ${BUSYBOX_IMAGE})
  --pull-image REF      what the pull bench pulls (default ${BIG_IMAGE})
  --figures NAMES       what the pull bench measures: all, or some of ${PULL_FIGURES.join(',')}
                        (default: without few_big, one_layer, forty_layers and one_layer_limited);
                        of the list bench: all (default), or one of ${LIST_FIGURES.join(',')}, each a minute
  --registry-port PORT  of the bench's registry on 127.0.0.1 (default: any); a runtime behind --socket needs a mirror rule or insecure entry for it
  --state DIR           below which davit keeps its state (default /dev/shm, so that the disk's moods do not count)
  --disk DIR            instead, for the pull bench: a new ext4 with a journal for each figure, in a file of 6 GiB in DIR
`;

/** @throws Error with what is wrong, for the user */
export function parseOptions(args: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: { socket: text, handler: text, count: text, pods: text, monitors: text, image: text, 'pull-image': text, figures: text, 'registry-port': text, state: text, disk: text },
  });
  const bench = BENCHES.find((name) => name === positionals[0]);
  if (!bench || positionals.length !== 1) throw new Error(`name one bench of ${BENCHES.join(', ')}`);
  return {
    bench, ...(values.socket !== undefined && { socket: values.socket }), handler: values.handler ?? '',
    count: number('count', values.count, DEFAULT_COUNTS[bench]), pods: number('pods', values.pods, 50), monitors: number('monitors', values.monitors, 200),
    image: values.image ?? BUSYBOX_IMAGE, pullImage: values['pull-image'] ?? BIG_IMAGE, figures: parseFigures(bench, values.figures),
    registryPort: values['registry-port'] === undefined ? 0 : number('registry-port', values['registry-port'], 0), state: values.state ?? '/dev/shm',
    ...(values.disk !== undefined && { disk: values.disk }),
  };
}

function number(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error(`--${name} "${text}" is not a number from 1 to 999999`);
  return Number(text);
}
