/** [crio.runtime]: how containers are run. */
import type { LogLevel } from '#log';
import { durationMs, LONGEST } from '../duration.ts';
import type { Key } from '../key.ts';
import { bytes, flag, integer, list, notYet, oneOf, path, paths, strings, text } from '../key.ts';

/** CRI-O's levels and the ones of ours that stand for them. */
const LOG_LEVEL_OF: Readonly<Record<string, LogLevel>> = {
  trace: 'debug', debug: 'debug', info: 'info', warn: 'warn', warning: 'warn', error: 'error', fatal: 'error', panic: 'error',
};

/** Smaller files would be renamed all the time; CRI-O has the same limit. */
const LOG_SIZE_MIN = 8192;

/** The form of default_ulimits. */
const ULIMIT = /^[a-z]+=\d+(:\d+)?$/;

const DEFAULT_CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'SETGID', 'SETUID', 'SETPCAP', 'NET_BIND_SERVICE', 'KILL'];

export const runtimeTable = {
  default_runtime: text('crun', 'Handler of pods that name none; one of the tables [crio.runtime.runtimes.NAME].'),
  cgroup_manager: oneOf(['auto', 'systemd', 'cgroupfs'], 'auto', 'Who makes cgroups: must be what kubelet uses. "auto" is systemd where it runs as the init system, else cgroupfs.'),
  log_level: logLevel('info', 'Least important lines that are logged.'),
  log_format: oneOf(['text', 'json'], 'text', 'Form of the log lines on standard error.'),
  davit_monitor: path('', 'The davit-monitor program; "" is the one that was built with this davit.', { optional: true }),
  default_ulimits: list([], 'Limits of every container.', { words: 'limits such as "nofile=1024:2048"', fits: (item) => ULIMIT.test(item) }),
  no_pivot: notYet(flag(false, 'Do not use pivot_root.')),
  decryption_keys_path: notYet(path('', 'Keys of encrypted images.', { optional: true })),
  additional_artifact_stores: notYet(paths([], 'Further read-only stores of OCI artifacts.')),
  conmon: notYet(text('', 'davit has a monitor of its own.')),
  conmon_cgroup: notYet(text('', 'davit has a monitor of its own.')),
  conmon_env: notYet(list([], 'davit has a monitor of its own.')),
  default_env: list([], "Environment of every container, below the image's and the pod's.", { words: 'variables such as "NAME=value"', fits: (item) => /^[^=]+=/.test(item) }),
  min_injected_gomaxprocs: notYet(integer(0, 'Set GOMAXPROCS in containers.', { min: 0 })),
  selinux: notYet(flag(false, 'Label containers for SELinux.')),
  selinux_unavailable: oneOf(['ignore', 'refuse'], 'ignore', 'SELinux options of a container on a node without SELinux: "ignore" runs it without a label, as other runtimes do, and says so in the log and in crictl inspect; "refuse" fails it.'),
  seccomp_profile: path('', 'Profile of RuntimeDefault; "" is the built-in one.', { optional: true }),
  privileged_seccomp_profile: path('', 'Profile of privileged containers; "" is none.', { optional: true }),
  apparmor_profile: text('davit-default', 'AppArmor profile of containers that name none or RuntimeDefault, where the kernel has AppArmor. davit loads "davit-default" (and "crio-default", the same rules) by apparmor_parser; another one must be loaded on the node. "unconfined" is none.'),
  blockio_config_file: path('', 'Classes of block IO, for pods that name one by annotation.', { optional: true }),
  // Reading it is cheap beside creating a container, so both values are fine.
  blockio_reload: notYet({ ...flag(true, 'Read the classes of block IO again for every container; davit always does.'), parse: (v) => typeof v === 'boolean' ? true : undefined }),
  rdt_config_file: notYet(path('', 'Classes of RDT.', { optional: true })),
  cdi_spec_dirs: paths(['/etc/cdi', '/var/run/cdi'], 'Directories of CDI specifications (*.json, *.yaml); of a device that several have, the last counts.'),
  irqbalance_config_file: notYet(path('/etc/sysconfig/irqbalance', 'Configuration of irqbalance.')),
  irqbalance_config_restore_file: notYet(text('/etc/sysconfig/orig_irq_banned_cpus', 'Where the banned CPUs of irqbalance are kept.')),
  default_capabilities: list(DEFAULT_CAPABILITIES, 'Capabilities of containers that are not privileged, with or without "CAP_".', { words: 'names of capabilities', fits: (item) => /^(CAP_)?[A-Z_]+$/i.test(item) }),
  add_inheritable_capabilities: notYet(flag(false, 'Make capabilities inheritable.')),
  default_sysctls: list([], 'Sysctls of every pod that has the namespace they belong to.', { words: 'sysctls such as "net.ipv4.ping_group_range=0 0"', fits: (item) => /^[^=\s]+=/.test(item) }),
  allowed_devices: notYet(paths(['/dev/fuse', '/dev/net/tun'], 'Devices that an annotation may ask for.')),
  additional_devices: list([], 'Devices of every container: path on the node, in the container, permissions.', { words: 'devices such as "/dev/fuse" or "/dev/sdc:/dev/xvdc:rwm"', fits: (item) => /^\/[^:]*(:\/[^:]*)?(:[rwm]{1,3})?$/.test(item) }),
  hooks_dir: notYet(paths([], 'Directories of OCI hooks.')),
  default_mounts: notYet(list([], 'Mounts of every container.')),
  default_mounts_file: notYet(path('', 'A file of mounts of every container.', { optional: true })),
  pids_limit: integer(-1, 'Most processes of a container; 0 or less is no limit. kubelet has podPidsLimit.', { min: -1 }),
  log_filter: notYet(text('', 'A regular expression on log lines.')),
  log_size_max: logSize(),
  log_files_max: integer(5, 'Log files kept of each container when log_size_max renames them, the current one included.', { min: 1 }),
  log_when_full: oneOf(['drop', 'block'], 'drop', 'When the disk is full: lose log lines, counted and told in the log once there is room, or let the container wait for the disk.'),
  log_lines_per_second: integer(0, 'Log lines of one container in a second; what exceeds them is dropped, counted and told in the log. 0 is no limit.', { min: 0 }),
  log_bytes_per_second: integer(0, 'The same for bytes.', { min: 0 }),
  log_to_journald: notYet(flag(false, 'Send the logs of containers to journald too.')),
  container_exits_dir: notYet(path('/var/run/crio/exits', 'davit keeps exit records with their container.')),
  container_attach_socket_dir: notYet(path('/var/run/crio', 'davit keeps sockets of monitors below runroot.')),
  bind_mount_prefix: notYet(text('', 'Prefix of host paths when the daemon itself is in a container.')),
  read_only: flag(false, 'Make every root file system read-only.'),
  uid_mappings: notYet(text('', 'User namespaces come from the kubelet.')),
  gid_mappings: notYet(text('', 'User namespaces come from the kubelet.')),
  minimum_mappable_uid: notYet(integer(-1, 'User namespaces come from the kubelet.', { min: -1 })),
  minimum_mappable_gid: notYet(integer(-1, 'User namespaces come from the kubelet.', { min: -1 })),
  ctr_stop_timeout: notYet(integer(30, 'Least grace period in seconds when the daemon stops a container by itself.', { min: 0 })),
  drop_infra_ctr: notYet(flag(true, 'davit has no infra container, except where containers share a pid namespace.')),
  infra_ctr_cpuset: notYet(text('', 'CPUs of infra containers.')),
  shared_cpuset: notYet(text('', 'CPUs that guaranteed containers may share.')),
  namespaces_dir: notYet(path('/var/run', 'davit keeps namespaces below runroot.')),
  pinns_path: notYet(text('', 'davit-monitor pins namespaces.')),
  absent_mount_sources_to_reject: paths([], 'Host paths that davit does not make when a mount of them is asked and they are absent: the container fails.'),
  device_ownership_from_security_context: notYet(flag(false, "Give devices to the container's user.")),
  enable_criu_support: flag(true, 'Checkpoint and restore containers, where the OCI runtime and CRIU can. What exactly is in [crio.checkpoint_restore].'),
  criu_path: criuPath(),
  // davit always has events, so both values are fine: neither is worth a warning.
  enable_pod_events: notYet({ ...flag(true, 'Container events; davit always has them.'), parse: (v) => typeof v === 'boolean' ? true : undefined }),
  hostnetwork_disable_selinux: notYet(flag(true, 'No SELinux label for pods on the host network.')),
  disable_hostport_mapping: flag(false, 'Leave host ports alone where no plugin of the network has the capability portMappings; else davit opens them by nftables.'),
  timezone: notYet(text('', 'Time zone of containers.')),
};

/** [crio.runtime.runtimes.NAME]: a handler. */
export const handlerTable = {
  runtime_path: path('', 'The OCI runtime; "" looks NAME up in PATH.', { optional: true }),
  runtime_root: path('', 'State directory of the runtime; "" is a directory below runroot.', { optional: true }),
  runtime_type: oneOf(['oci', ''], 'oci', 'Kind of the runtime.'),
  allowed_annotations: list([], 'Prefixes of annotations that a pod may pass on to the runtime; with "network.davit.io/" also those by which it asks its network for ips, mac, aliases and ip-ranges.'),
  inherit_default_runtime: flag(false, 'Take path, root and type from the default handler.'),
  runtime_config_path: notYet(path('', 'Configuration of a virtual machine runtime.', { optional: true })),
  privileged_without_host_devices: flag(false, 'Give no devices of the node to privileged containers.'),
  monitor_path: notYet(text('', 'davit has a monitor of its own.')),
  monitor_cgroup: notYet(text('', 'Where monitors are put.')),
  monitor_env: notYet(list([], 'Environment of monitors.')),
  monitor_exec_cgroup: notYet(text('', 'Where monitors of exec are put; davit has none.')),
  container_min_memory: bytes(0, 'Smaller memory limits are refused.'),
  platform_runtime_paths: notYet(strings('Runtimes by platform.')),
  no_sync_log: notYet(flag(false, 'Do not sync logs when a container ends.')),
  default_annotations: strings('Annotations of every container of the handler.'),
  stream_websockets: notYet(flag(false, 'A feature of conmon-rs.')),
  seccomp_profile: path('', 'Profile of RuntimeDefault for the handler; "" is the one of [crio.runtime].', { optional: true }),
  container_create_timeout: integer(240, 'Seconds that the runtime may take to create a container.', { min: 30, max: durationMs(LONGEST) / 1000 }),
  runtime_pull_image: notYet(flag(false, 'Pull the image inside the virtual machine.')),
  cni_default_network: text('', "Name of the CNI network of the handler's pods; \"\" is that of [crio.network], or the first of cni_conf_dir."),
  cni_conf_dir: path('', "Directory of the CNI configurations of the handler's pods; \"\" is network_dir of [crio.network].", { optional: true }),
  exec_cpu_affinity: notYet(oneOf(['', 'first'], '', 'CPU of exec.')),
};

/** Runtimes look for a program of that name. */
function criuPath(): Key<string> {
  const key = path('', 'The CRIU program; "" looks for criu where runtimes do. A newer kernel needs a newer CRIU.', { optional: true });
  return { ...key, allowed: 'an absolute path that ends in /criu, or ""', parse: (v) => v === '' || (typeof v === 'string' && v.endsWith('/criu')) ? key.parse(v) : undefined };
}

function logSize(): Key<number> {
  return {
    ...integer(-1, 'Largest log file of a container in bytes: the monitor then renames it as the kubelet does and begins a new one. -1 leaves rotation to the kubelet.', { min: -1 }),
    allowed: `-1 or a number from ${LOG_SIZE_MIN}`, parse: (v) => typeof v === 'number' && Number.isSafeInteger(v) && (v === -1 || v >= LOG_SIZE_MIN) ? v : undefined,
  };
}

function logLevel(defaultValue: LogLevel, description: string): Key<LogLevel> {
  return {
    type: 'string', default: defaultValue, allowed: `one of ${Object.keys(LOG_LEVEL_OF).map((w) => JSON.stringify(w)).join(', ')}`, description,
    parse: (v) => typeof v === 'string' ? LOG_LEVEL_OF[v.toLowerCase()] : undefined, supported: true,
  };
}
