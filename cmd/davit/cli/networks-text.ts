/** What `davit networks` prints. */
import { basename } from 'node:path';
import type { AttachedSandbox, NetworkChoiceOverview, NetworksOverview } from '#cni';

const ID_CHARS = 13;

export function networksText({ choices, attached, pluginDirs, hostPorts }: NetworksOverview): string {
  return [
    ...choices.flatMap(choiceLines),
    `plugins are looked for in ${pluginDirs.join(', ')}`,
    `host ports without a plugin for them: ${hostPorts}`,
    '',
    attached.length === 0 ? 'no sandbox is attached' : `${attached.length} attached`,
    ...table(attached.length === 0 ? [] : [['SANDBOX', 'POD', 'INTERFACE', 'NETWORK', 'ADDRESSES', 'STATE'], ...attached.map(attachedRow)]),
    '',
  ].join('\n');
}

function choiceLines({ handlers, confDir, defaultNetwork, status, networks }: NetworkChoiceOverview): string[] {
  const whose = handlers.includes('') ? 'pods' : `pods of ${handlers.join(', ')}`;
  const wanted = defaultNetwork === '' ? 'the first' : JSON.stringify(defaultNetwork);
  const state = status.failure === undefined ? 'ready' : `${status.ready ? 'within the grace period' : 'NOT READY'}: ${status.failure}`;
  return [
    `${whose} get ${wanted} of ${confDir}: ${state}`,
    ...table(networks.length === 0 ? [] : [
      ['', 'NETWORK', 'FILE', 'CNI', 'PLUGINS'],
      ...networks.map(({ name, file, inUse, versions, plugins }) => [inUse === undefined ? '' : '*', name, basename(file), inUse ?? versions.join(','), plugins.join(' ')]),
    ]),
    ...status.skipped.map(({ file, error }) => `  BROKEN ${basename(file)}: ${error}`),
    '',
  ];
}

function attachedRow({ sandboxId, ifName, pod, network, ips, state, complaint }: AttachedSandbox): string[] {
  return [sandboxId.slice(0, ID_CHARS), pod.name === '' ? '' : `${pod.namespace}/${pod.name}`, ifName, network, ips.join(' '), complaint === undefined ? state : `DAMAGED: ${complaint}`];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
