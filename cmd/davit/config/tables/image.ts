/** [crio.image]: where images come from. */
import { flag, list, notYet, oneOf, path, text } from '../key.ts';

export const imageTable = {
  pause_image: text('registry.k8s.io/pause:3.10.1', 'Reported to kubeadm as the sandbox image; davit itself runs pods without one.'),
  pinned_images: list([], 'Images that kubelet must not remove: whole names, "prefix*" or "*part*".'),
  global_auth_file: path('', 'Credentials of registries for pulls that bring none, in the format of docker and podman.', { optional: true }),
  registries_conf: path('/etc/containers/registries.conf', 'Mirrors, blocked and insecure registries (containers-registries.conf, version 2).'),
  registries_conf_dir: path('', 'Drop-ins of registries_conf; "" is its name with ".d".', { optional: true }),
  default_transport: oneOf(['docker://'], 'docker://', 'Where images come from.'),
  namespaced_auth_dir: notYet(path('', "Credentials by pod's namespace.", { optional: true })),
  pause_image_auth_file: notYet(path('', 'Credentials of the pause image.', { optional: true })),
  pause_command: notYet(text('/pause', 'Command of the pause image.')),
  signature_policy: notYet(path('', 'Policy of image signatures.', { optional: true })),
  signature_policy_dir: notYet(path('/etc/crio/policies', "Policies of image signatures by pod's namespace.")),
  image_volumes: notYet(oneOf(['mkdir', 'bind', 'ignore'], 'mkdir', 'What becomes of the VOLUMEs of an image.')),
  insecure_registries: notYet(list([], 'Without effect in CRI-O too: use registries_conf.')),
  big_files_temporary_dir: notYet(path('', 'davit streams layers and needs no temporary files.', { optional: true })),
  separate_pull_cgroup: notYet(text('', 'A cgroup for pulls.')),
  auto_reload_registries: notYet(flag(false, 'Read registries_conf again when it changes.')),
  pull_progress_timeout: notYet(text('0s', 'End pulls that make no progress for this long.')),
  oci_artifact_mount_support: notYet(flag(false, 'Mount OCI artifacts.')),
  short_name_mode: notYet(oneOf(['enforcing', 'disabled'], 'enforcing', 'How names without a registry are resolved.')),
};
