/** [crio.image]: where images come from. */
import { duration } from '../duration.ts';
import { bytes, flag, integer, list, notYet, oneOf, path, text } from '../key.ts';

export const imageTable = {
  pause_image: text('registry.k8s.io/pause:3.10.1', 'Reported to kubeadm as the sandbox image; davit itself runs pods without one.'),
  pinned_images: list([], 'Images that kubelet must not remove: whole names, "prefix*" or "*part*".'),
  global_auth_file: path('', 'Credentials of registries for pulls that bring none, in the format of docker and podman; "" looks into their usual places: containers/auth.json, .docker/config.json.', { optional: true }),
  registries_conf: path('/etc/containers/registries.conf', 'Mirrors, blocked and insecure registries (containers-registries.conf, version 2).'),
  registries_conf_dir: path('', 'Drop-ins of registries_conf; "" is its name with ".d".', { optional: true }),
  default_transport: oneOf(['docker://'], 'docker://', 'Where images come from.'),
  namespaced_auth_dir: path('', "Credentials by a pod's namespace, one file for each pull: NAMESPACE-SHA256.json, where SHA256 is that of the image's name without tag (as crio-credential-provider writes them). Before those of any other file; removed when read.", { optional: true }),
  pause_image_auth_file: notYet(path('', 'Credentials of the pause image.', { optional: true })),
  pause_command: notYet(text('/pause', 'Command of the pause image.')),
  signature_policy: path('', 'Which images may be pulled, by their signatures (containers-policy.json): insecureAcceptAnything, reject, sigstoreSigned with keys. "" is /etc/containers/policy.json if that exists, else every image may.', { optional: true }),
  signature_policy_dir: path('/etc/crio/policies', "For pods of a namespace NAMESPACE.json in here, if it exists, counts instead of signature_policy; \"\" for none.", { optional: true }),
  image_volumes: notYet(oneOf(['mkdir', 'bind', 'ignore'], 'mkdir', 'What becomes of the VOLUMEs of an image.')),
  insecure_registries: notYet(list([], 'Without effect in CRI-O too: use registries_conf.')),
  big_files_temporary_dir: notYet(path('', 'davit streams layers and needs no temporary files.', { optional: true })),
  separate_pull_cgroup: notYet(text('', 'A cgroup for pulls.')),
  auto_reload_registries: notYet(flag(false, 'Read registries_conf again when it changes.')),
  pull_progress_timeout: duration('0s', 'Leave a source that sends no byte of a body for this long; "0s" is 60 seconds. Time that the unpacking takes does not count.'),
  pull_connect_timeout: duration('10s', 'Leave a registry or mirror to which no connection comes about in this time.'),
  pull_answer_timeout: duration('30s', 'Leave one that does not begin its answer in this time.'),
  pull_min_rate: bytes(1024, 'Leave a source that sends fewer bytes a second, averaged over a minute of waiting for it; 0 leaves none.'),
  pull_retry_after_max: duration('60s', 'The longest Retry-After of a registry that is waited for.'),
  pull_max_layers: integer(8, 'Layers that are fetched at the same time, over all pulls.', { min: 1, max: 64 }),
  pull_max_rate: bytes(0, 'Bytes of layers a second that all pulls together take; 0 is no limit.'),
  pull_resume_size: bytes(10 * 1024 ** 3, 'Disk space below root for what has come of large layers (64 MiB and more) while they are fetched, so that an interrupted pull goes on there, also after a restart; 0 keeps nothing.'),
  pull_resume_after: duration('30s', 'Large layers that will be complete before that much time are not kept meanwhile.'),
  pull_max_extractors: integer(0, 'Layers that are unpacked at the same time; 0 goes by the number of processors, from 4 to 8.', { min: 0, max: 64 }),
  oci_artifact_mount_support: notYet(flag(false, 'Mount OCI artifacts.')),
  short_name_mode: oneOf(['enforcing', 'permissive', 'disabled'], 'enforcing', 'Names without a registry that have no alias: "enforcing" refuses them when registries_conf has several unqualified-search-registries, "permissive" tries these in turn, "disabled" does so without aliases. Has precedence over registries_conf.'),
};
