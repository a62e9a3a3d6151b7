import type { ContainerConfig, PodSandboxConfig } from '../config.ts';

/**
 * Annotations that OCI runtimes act on. What a pod writes there could choose a program, a seccomp filter or a
 * unit property of the node, so each is dropped unless the handler's `allowed_annotations` has a prefix of it.
 */
const GATED_PREFIXES: readonly string[] = ['run.oci.', 'org.systemd.property.', 'org.criu.', 'module.wasm.', 'io.katacontainers.', 'io.containers.', 'dev.gvisor.', 'org.opencontainers.runc.'];

/** crun's ready-made seccomp program: only the daemon's own is ever handed over. */
export const SECCOMP_PROGRAM_ANNOTATION = 'run.oci.seccomp_bpf_data';

export interface AnnotationsInput {
  readonly id: string;
  readonly sandboxId: string;
  readonly config: Pick<ContainerConfig, 'annotations' | 'metadata' | 'image'>;
  readonly sandbox: Pick<PodSandboxConfig, 'annotations' | 'metadata'>;
  readonly allowed: readonly string[];
  /** The handler's default_annotations. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** The container's annotations without what is gated, and the names by which tools and runtimes for virtual machines know a pod's containers. */
export function specAnnotations({ id, sandboxId, config, sandbox, allowed, defaults }: AnnotationsInput): Record<string, string> {
  const pass = ([key]: readonly [string, string]): boolean => key !== SECCOMP_PROGRAM_ANNOTATION && (!GATED_PREFIXES.some((p) => key.startsWith(p)) || allowed.some((p) => key.startsWith(p)));
  // What the handler allows may also stand on the pod: Kubernetes copies only a pod's annotations.
  const ofPod = Object.entries(sandbox.annotations).filter(([key]) => allowed.some((p) => key.startsWith(p)));
  return {
    ...defaults,
    ...Object.fromEntries([...ofPod, ...Object.entries(config.annotations)].filter(pass)),
    'io.kubernetes.cri.container-type': 'container',
    'io.kubernetes.cri.container-name': config.metadata.name,
    'io.kubernetes.cri.container-id': id,
    'io.kubernetes.cri.image-name': config.image.userSpecifiedImage !== '' ? config.image.userSpecifiedImage : config.image.image,
    'io.kubernetes.cri.sandbox-id': sandboxId,
    'io.kubernetes.cri.sandbox-name': sandbox.metadata.name,
    'io.kubernetes.cri.sandbox-namespace': sandbox.metadata.namespace,
    'io.kubernetes.cri.sandbox-uid': sandbox.metadata.uid,
  };
}
