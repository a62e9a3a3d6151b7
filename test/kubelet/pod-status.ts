/** What the tests read of kubelet's answer: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodStatus. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly containerID?: string;
  readonly imageID: string;
  readonly state: State;
  readonly lastState: State;
}

interface State {
  readonly running?: { readonly startedAt: string };
  readonly waiting?: { readonly reason: string };
  readonly terminated?: { readonly exitCode: number; readonly reason: string; readonly message?: string };
}

/** True when every condition of the pod that kubelet decides holds. */
export function isReady(pod: Pod | undefined): boolean {
  return pod?.status.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
}

/** The status of a container, an init container or a sidecar. */
export function containerOf(pod: Pod | undefined, name: string): ContainerStatus | undefined {
  return [...pod?.status.containerStatuses ?? [], ...pod?.status.initContainerStatuses ?? []].find((c) => c.name === name);
}
