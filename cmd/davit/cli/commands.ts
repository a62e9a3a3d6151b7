/** The commands of davit. Each loads what it needs only when it runs. */
import type { Argument, Flag, FlagValues } from './flags.ts';
import { CONFIG_FLAGS, DAEMON_FLAGS } from './flags.ts';

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs of `davit help NAME`. */
  readonly details: string;
  readonly flags: readonly Flag[];
  readonly arguments?: readonly Argument[];
  /** Resolves to the exit code. */
  readonly run: (values: FlagValues) => Promise<number>;
}

const DEFAULT_FLAG: Flag = { name: 'default', description: 'print the defaults, whatever the files and flags say' };
const CHECK_FLAG: Flag = { name: 'check', description: 'let the plugins check every attached sandbox (CNI CHECK); needs the daemon' };
const JSON_FLAG: Flag = { name: 'json', description: 'print JSON' };
const FULL_FLAG: Flag = { name: 'full', description: 'read every file' };
const REPAIR_FLAG: Flag = { name: 'repair', description: 'fetch damaged layers again' };
const NAME_FLAG: Flag = { name: 'name', value: 'NAME', description: 'of load: name of the one image that the archive has, instead of those in it' };
const WATCH_FLAG: Flag = { name: 'watch', short: 'w', description: 'show them again every second until Ctrl-C' };

export const COMMANDS: readonly Command[] = [
  {
    name: 'serve', summary: 'run the container runtime',
    details: 'Serves the CRI on a unix socket until SIGTERM or SIGINT. Containers go on when davit stops; the next davit finds them.\nFlags have precedence over the configuration files.',
    flags: CONFIG_FLAGS, run: async (values) => (await import('../serve/serve.ts')).serve(values),
  },
  {
    name: 'check', summary: 'look for damage in the storage',
    details: 'Looks whether every layer of every image is there; with --full reads every file and compares it with the digest of its layer. With --repair the damaged layers, and only those, are\n'
      + 'fetched and unpacked again; containers that run keep what they have. Works with the daemon and without one. The exit code is 1 when damage is left.',
    flags: [FULL_FLAG, REPAIR_FLAG, ...CONFIG_FLAGS], run: async (values) => (await import('./check-command.ts')).checkCommand(values),
  },
  {
    name: 'config', summary: 'print the configuration',
    details: 'Prints the effective configuration as a file with comments: what differs from the default is not commented out and says which file or flag it came from.',
    flags: [DEFAULT_FLAG, ...CONFIG_FLAGS], run: async (values) => (await import('./config-command.ts')).printConfiguration(values),
  },
  {
    name: 'image', summary: 'list, inspect, remove, load and save images',
    details: 'ls lists the images of this node, inspect and rm take one by name or id; save writes it to a new DIRECTORY as an OCI image layout, with the layers as they came, uncompressed.\n'
      + '"tar -C DIRECTORY -cf FILE ." makes an archive of it that docker load, podman load and skopeo take.\n'
      + 'load takes, instead of an IMAGE, an archive of docker save, an OCI archive or an OCI image layout: a file, a directory, or - for standard input; gzip or zstd may be around it.\n'
      + 'Works with the daemon and without one.',
    arguments: [{ name: 'ACTION', description: 'ls, inspect, rm, load or save' }, { name: 'IMAGE', description: 'name or id; of load: the archive', optional: true }, { name: 'DIRECTORY', description: 'of save', optional: true }],
    flags: [NAME_FLAG, ...CONFIG_FLAGS], run: async (values) => (await import('./image-command.ts')).imageCommand(values),
  },
  {
    name: 'networks', summary: 'show the networks of pods',
    details: 'Shows which CNI networks are configured, which one pods get and whether it is ready, configuration files that are broken, and which sandboxes are attached.\n'
      + 'Asks the running daemon; when none answers, reads the disk and asks the plugins itself. The exit code is 1 when pods would have no network.',
    flags: [CHECK_FLAG, JSON_FLAG, ...CONFIG_FLAGS], run: async (values) => (await import('./networks-command.ts')).networksCommand(values),
  },
  {
    name: 'pull', summary: 'pull an image',
    details: 'Has the running daemon pull an image, and shows how far each layer is: by bars on a terminal, else by a line for each step. Joins an equal pull under way;\nCtrl-C leaves it, and the pull ends if nobody else waits for it.',
    arguments: [{ name: 'IMAGE', description: 'name with or without registry, tag and digest' }], flags: DAEMON_FLAGS,
    run: async (values) => (await import('./pull-command.ts')).pullCommand(values),
  },
  {
    name: 'pulls', summary: 'show the pulls under way',
    details: 'Shows each pull of the running daemon with its layers: stage, bytes, rate, and where the bytes come from.',
    flags: [WATCH_FLAG, ...DAEMON_FLAGS], run: async (values) => (await import('./pulls-command.ts')).pullsCommand(values),
  },
  {
    name: 'why', summary: 'tell why a pod is not running',
    details: 'Tells of each pod that is meant its state and its containers\', what is under way with the stage and the time in each, how the last operations ended and with which error, and what has to happen next.\n'
      + 'Also of pods that could not be started, of which nothing is left. From the memory of the running daemon: what happened before it started is in its log.',
    arguments: [{ name: 'POD', description: 'name, namespace/name, or the beginning of the id of a pod or of one of its containers' }], flags: [JSON_FLAG, ...DAEMON_FLAGS],
    run: async (values) => (await import('./why-command.ts')).whyCommand(values),
  },
  {
    name: 'version', summary: 'print the version', details: 'Prints the versions of davit, of the CRI and of Node.',
    flags: [], run: async () => (await import('./version.ts')).printVersion(),
  },
];
