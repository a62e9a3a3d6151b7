import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from './document.ts';

/** A crio.conf of CRI-O 1.37 in which every key stands with CRI-O's default. */
const CRIO_CONF = `
[crio]
root = "/var/lib/containers/storage"
runroot = "/var/run/containers/storage"
storage_driver = "overlay"
storage_option = []
imagestore = ""
log_dir = "/var/log/crio/pods"
version_file = "/var/run/crio/version"
version_file_persist = ""
clean_shutdown_file = "/var/lib/crio/clean.shutdown"
internal_wipe = true
internal_repair = true
[crio.api]
listen = "/var/run/crio/crio.sock"
stream_address = "127.0.0.1"
stream_port = "0"
stream_enable_tls = false
stream_tls_cert = ""
stream_tls_key = ""
stream_tls_ca = ""
stream_idle_timeout = ""
tls_min_version = "VersionTLS12"
tls_cipher_suites = []
grpc_max_send_msg_size = 83886080
grpc_max_recv_msg_size = 83886080
[crio.runtime]
default_runtime = "crun"
default_ulimits = []
no_pivot = false
decryption_keys_path = "/etc/crio/keys/"
additional_artifact_stores = []
conmon = ""
conmon_cgroup = ""
conmon_env = []
default_env = []
min_injected_gomaxprocs = 0
selinux = false
seccomp_profile = ""
privileged_seccomp_profile = ""
apparmor_profile = "crio-default"
blockio_config_file = ""
blockio_reload = false
rdt_config_file = ""
cdi_spec_dirs = ["/etc/cdi", "/var/run/cdi"]
irqbalance_config_file = "/etc/sysconfig/irqbalance"
irqbalance_config_restore_file = "/etc/sysconfig/orig_irq_banned_cpus"
cgroup_manager = "systemd"
default_capabilities = ["CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "SETGID", "SETUID", "SETPCAP", "NET_BIND_SERVICE", "KILL"]
add_inheritable_capabilities = false
default_sysctls = []
allowed_devices = ["/dev/fuse", "/dev/net/tun"]
additional_devices = []
hooks_dir = ["/usr/share/containers/oci/hooks.d"]
default_mounts = []
default_mounts_file = ""
pids_limit = -1
log_level = "info"
log_filter = ""
log_size_max = -1
log_to_journald = false
container_exits_dir = "/var/run/crio/exits"
container_attach_socket_dir = "/var/run/crio"
bind_mount_prefix = ""
read_only = false
uid_mappings = ""
gid_mappings = ""
minimum_mappable_uid = -1
minimum_mappable_gid = -1
ctr_stop_timeout = 30
drop_infra_ctr = true
infra_ctr_cpuset = ""
shared_cpuset = ""
namespaces_dir = "/var/run"
pinns_path = ""
absent_mount_sources_to_reject = []
device_ownership_from_security_context = false
enable_criu_support = true
enable_pod_events = false
hostnetwork_disable_selinux = true
disable_hostport_mapping = false
timezone = ""
[crio.runtime.runtimes.crun]
runtime_path = ""
runtime_type = ""
inherit_default_runtime = false
runtime_config_path = ""
runtime_root = "/run/crun"
privileged_without_host_devices = false
allowed_annotations = ["io.containers.trace-syscall"]
monitor_path = ""
monitor_cgroup = "system.slice"
monitor_exec_cgroup = ""
monitor_env = []
container_min_memory = "12MiB"
platform_runtime_paths = {}
no_sync_log = false
default_annotations = {}
stream_websockets = false
seccomp_profile = ""
container_create_timeout = 240
runtime_pull_image = false
exec_cpu_affinity = ""
[crio.runtime.workloads.throttled]
activation_annotation = "io.crio/workload"
annotation_prefix = "io.crio.workload-type"
allowed_annotations = []
[crio.runtime.workloads.throttled.resources]
cpushares = 0
cpuset = ""
cpuquota = 0
cpuperiod = 0
cpulimit = 0
[crio.checkpoint_restore]
container_level_enabled = "checkpoint_restore"
[crio.image]
default_transport = "docker://"
global_auth_file = ""
namespaced_auth_dir = "/etc/crio/auth"
pause_image = "registry.k8s.io/pause:3.10.1"
pause_image_auth_file = ""
pause_command = "/pause"
pinned_images = []
signature_policy = ""
signature_policy_dir = "/etc/crio/policies"
image_volumes = "mkdir"
insecure_registries = []
big_files_temporary_dir = ""
separate_pull_cgroup = ""
auto_reload_registries = false
pull_progress_timeout = "0s"
oci_artifact_mount_support = true
short_name_mode = "enforcing"
[crio.network]
cni_default_network = ""
network_dir = "/etc/cni/net.d/"
plugin_dirs = ["/opt/cni/bin/"]
plugin_dir = ""
cni_status_grace_period = "0s"
[crio.metrics]
enable_metrics = false
metrics_port = 9090
metrics_host = "127.0.0.1"
metrics_socket = ""
metrics_cert = ""
metrics_key = ""
metrics_collectors = ["image_pulls_layer_size", "containers_oom_total"]
[crio.tracing]
enable_tracing = false
tracing_endpoint = "127.0.0.1:4317"
tracing_sampling_rate_per_million = 0
[crio.stats]
stats_collection_period = 0
collection_period = 0
included_pod_metrics = []
[crio.nri]
enable_nri = true
nri_listen = "/var/run/nri/nri.sock"
nri_plugin_dir = "/opt/nri/plugins"
nri_plugin_config_dir = "/etc/nri/conf.d"
nri_disable_connections = false
nri_plugin_registration_timeout = "5s"
nri_plugin_request_timeout = "2s"
[crio.nri.default_validator]
nri_enable_default_validator = false
nri_validator_reject_oci_hook_adjustment = false
nri_validator_reject_runtime_default_seccomp_adjustment = false
nri_validator_reject_unconfined_seccomp_adjustment = false
nri_validator_reject_custom_seccomp_adjustment = false
nri_validator_reject_namespace_adjustment = false
nri_validator_required_plugins = []
nri_validator_tolerate_missing_plugins_annotation = ""
`;

test('readDocument() knows every key of a crio.conf with CRI-O\'s defaults', () => {
  const document = readDocument(CRIO_CONF);
  assert.deepEqual(document.errors, []);
  assert.deepEqual(document.warnings.filter((w) => w.text.startsWith('unknown')), []);
});

test('readDocument() warns of the features that CRI-O has on by default and davit lacks, and of nothing else', () => {
  const warned = readDocument(CRIO_CONF).warnings.map((w) => w.text.split(' = ')[0]?.replace(/^crio\./, ''));
  assert.deepEqual(warned, EXPECTED_WARNINGS);
});

const EXPECTED_WARNINGS = [
  'runtime.decryption_keys_path', 'runtime.hooks_dir',
  'runtime.runtimes.crun.monitor_cgroup',
  'runtime.workloads.throttled.activation_annotation', 'runtime.workloads.throttled.annotation_prefix',
  'image.oci_artifact_mount_support',
  'metrics.metrics_collectors', 'nri.enable_nri',
];
