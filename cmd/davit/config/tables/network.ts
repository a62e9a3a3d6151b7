/** [crio.network]: where pods' networks come from. */
import { duration } from '../duration.ts';
import { notYet, oneOf, path, paths, text } from '../key.ts';

export const networkTable = {
  cni_default_network: text('', 'Name of the CNI network of pods; "" takes the first by file name.'),
  network_dir: path('/etc/cni/net.d', 'Directory of the CNI network configurations; watched.'),
  plugin_dirs: paths(['/opt/cni/bin', '/usr/lib/cni'], 'Directories of the CNI plugins, the first that has a plugin wins.'),
  plugin_dir: notYet(path('', 'Use plugin_dirs.', { optional: true })),
  cni_status_grace_period: duration('0s', 'How long a pod network that was ready may fail (STATUS, a plugin or the configuration missing) before the node is told that it is not ready.'),
  cni_timeout: duration('3m', 'Time for one ADD, DEL or CHECK with all its plugins; a plugin that takes longer is killed with its children. kubelet waits four minutes for a pod.'),
  cni_gc_interval: duration('10m', 'Between two collections of what no pod owns: stale attachments are detached, plugins with GC (CNI 1.1) are told what is valid. "0s": only after the start.'),
  pod_ip_order: oneOf(['cni', 'ipv4', 'ipv6'], 'cni', "Which of a pod's addresses is its first: the plugins' first, or the first of a family."),
};
