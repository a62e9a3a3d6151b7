/** Tables of CRI-O about what can be looked into from outside; of checkpoints alone davit does something yet, not of metrics, tracing, statistics, NRI, workloads. */
import { flag, integer, list, notYet, oneOf, path, text } from '../key.ts';

const MAX_PORT = 65535;

export const checkpointRestoreTable = {
  container_level_enabled: oneOf(['none', 'checkpoint_only', 'checkpoint_restore'], 'checkpoint_restore', 'What of checkpoint and restore is allowed. A restored archive decides what runs with which rights: restore only what is trusted.'),
};

export const metricsTable = {
  enable_metrics: notYet(flag(false, 'Serve Prometheus metrics.')),
  metrics_host: notYet(text('127.0.0.1', 'Address of the metrics server.')),
  metrics_port: notYet(integer(9090, 'Port of the metrics server.', { min: 0, max: MAX_PORT })),
  metrics_socket: notYet(path('', 'Unix socket of the metrics server.', { optional: true })),
  metrics_cert: notYet(path('', 'Certificate of the metrics server.', { optional: true })),
  metrics_key: notYet(path('', 'Key of the metrics server.', { optional: true })),
  metrics_collectors: notYet(list([], 'Metrics that are served.')),
};

export const tracingTable = {
  enable_tracing: notYet(flag(false, 'Send traces.')),
  tracing_endpoint: notYet(text('127.0.0.1:4317', 'OTLP collector.')),
  tracing_sampling_rate_per_million: notYet(integer(0, 'Spans that are sent, of a million.', { min: 0, max: 1_000_000 })),
};

export const statsTable = {
  collection_period: notYet(integer(0, 'Seconds between readings; 0 reads on demand.', { min: 0 })),
  stats_collection_period: notYet(integer(0, 'Former name of collection_period.', { min: 0 })),
  included_pod_metrics: notYet(list([], 'Groups of pod metrics.')),
};

export const nriTable = {
  enable_nri: notYet(flag(false, 'Serve NRI plugins.')),
  nri_listen: notYet(path('/var/run/nri/nri.sock', 'Socket of NRI.')),
  nri_plugin_dir: notYet(path('/opt/nri/plugins', 'NRI plugins that are started.')),
  nri_plugin_config_dir: notYet(path('/etc/nri/conf.d', 'Configurations of NRI plugins.')),
  nri_disable_connections: notYet(flag(false, 'Refuse plugins that connect by themselves.')),
  nri_plugin_registration_timeout: notYet(text('5s', 'Time that a plugin may take to register.')),
  nri_plugin_request_timeout: notYet(text('2s', 'Time that a plugin may take for a request.')),
};

export const nriValidatorTable = {
  nri_enable_default_validator: notYet(flag(false, "Check NRI plugins' adjustments.")),
  nri_validator_reject_oci_hook_adjustment: notYet(flag(false, 'Refuse hooks from plugins.')),
  nri_validator_reject_runtime_default_seccomp_adjustment: notYet(flag(false, 'Refuse changes of the default seccomp profile.')),
  nri_validator_reject_unconfined_seccomp_adjustment: notYet(flag(false, 'Refuse changes of unconfined seccomp.')),
  nri_validator_reject_custom_seccomp_adjustment: notYet(flag(false, 'Refuse changes of a localhost seccomp profile.')),
  nri_validator_reject_namespace_adjustment: notYet(flag(false, 'Refuse changes of namespaces.')),
  nri_validator_required_plugins: notYet(list([], 'Plugins without which no container is made.')),
  nri_validator_tolerate_missing_plugins_annotation: notYet(text('', 'Annotation that excuses missing plugins.')),
};

export const workloadTable = {
  activation_annotation: notYet(text('', 'Annotation that puts a pod in the workload.')),
  annotation_prefix: notYet(text('', 'Prefix of its annotations.')),
  allowed_annotations: notYet(list([], 'Annotations that its pods may use.')),
};

export const workloadResourcesTable = {
  cpushares: notYet(integer(0, 'CPU shares.', { min: 0 })),
  cpuset: notYet(text('', 'CPUs.')),
  cpuquota: notYet(integer(0, 'CPU quota.', { min: 0 })),
  cpuperiod: notYet(integer(0, 'CPU period.', { min: 0 })),
  cpulimit: notYet(integer(0, 'CPU limit in millicores.', { min: 0 })),
};
