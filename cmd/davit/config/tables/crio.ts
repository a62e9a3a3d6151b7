/** [crio]: where davit keeps its state. */
import { duration } from '../duration.ts';
import { isStorageOption } from '../storage-options.ts';
import { bytes, flag, list, notYet, oneOf, path, text } from '../key.ts';

export const crioTable = {
  root: path('/var/lib/davit', 'Everything that survives a reboot: images, layers, containers, pods. Made with mode 0700.'),
  runroot: path('/run/davit', 'What lives until the next reboot: namespaces, monitors, bundles. Keep it short: unix sockets below it must stay under 108 bytes.'),
  storage_driver: oneOf(['overlay'], 'overlay', 'How layers become a root file system.'),
  storage_option: list([], 'Limits of what a container writes beside its volumes, by project quota: "overlay.size=10G", "overlay.inodes=1M" (units of 1024). They need ext4 or xfs mounted with prjquota below root; where that is missing crictl info says so. Others have no effect.', { words: 'options such as "overlay.size=10G"', fits: isStorageOption }),
  imagestore: notYet(path('', 'A place for images apart from that of containers.', { optional: true })),
  scrub_interval: duration('0s', 'Read every layer and compare it with its digest this often, at the lowest priority; "0s" never does. What is damaged is logged: davit check --repair.'),
  scrub_max_rate: bytes(10_485_760, 'Bytes a second that such a run reads at most; 0 is no limit.'),
  log_dir: path('/var/log/davit/pods', 'Logs of pods whose client names no directory, until the pod is removed; kubelet always names one.'),
  version_file: notYet(path('/var/run/crio/version', 'davit reads the boot id instead: it wipes nothing after a reboot.')),
  version_file_persist: notYet(text('', 'davit wipes no images after an upgrade.')),
  clean_shutdown_file: notYet(path('/var/lib/crio/clean.shutdown', 'davit needs no mark of a clean stop.')),
  internal_wipe: notYet(flag(true, 'davit wipes nothing; what no record owns is swept at every start.')),
  internal_repair: notYet(flag(true, 'davit checks what it finds at every start.')),
};
