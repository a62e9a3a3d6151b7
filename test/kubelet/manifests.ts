/** Pods as people write them, each about one thing that kubelet asks of a runtime. */
import { BUSYBOX_IMAGE, NGINX_IMAGE } from '../harness/index.ts';

export interface PodSpec { readonly containers: readonly object[]; readonly [field: string]: unknown }

/** A static pod. Its shell does not wait for its children, so a grace would be waited out. */
export function pod(name: string, spec: PodSpec, annotations: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', annotations }, spec: { terminationGracePeriodSeconds: 1, ...spec } };
}

/** A busybox that does what the script says. */
export function shell(name: string, script: string, more: object = {}): object {
  return { name, image: BUSYBOX_IMAGE, imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script], ...more };
}

const SOON = { periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 60 };
const PORT = 80;

/** nginx behind all three kinds of probe. */
export function web(): object {
  return pod('web', { containers: [{
    name: 'nginx', image: NGINX_IMAGE, imagePullPolicy: 'IfNotPresent', startupProbe: { tcpSocket: { port: PORT }, ...SOON }, readinessProbe: { httpGet: { path: '/', port: PORT }, ...SOON },
    livenessProbe: { exec: { command: ['sh', '-c', 'true'] }, ...SOON }, ports: [{ containerPort: PORT }],
  }] });
}

/** An init container fills an emptyDir, a sidecar goes on writing to it, the main container is ready when it has seen both, and tells the node by a hostPath. */
export function together(hostPath: string): object {
  const mounts = { volumeMounts: [{ name: 'shared', mountPath: '/shared' }, { name: 'node', mountPath: '/node' }] };
  return pod('together', {
    volumes: [{ name: 'shared', emptyDir: {} }, { name: 'node', hostPath: { path: hostPath, type: 'DirectoryOrCreate' } }],
    initContainers: [
      shell('first', 'echo init > /shared/init', mounts),
      shell('sidecar', 'while true; do date > /shared/sidecar; sleep 1; done', { restartPolicy: 'Always', startupProbe: { exec: { command: ['test', '-s', '/shared/sidecar'] }, ...SOON }, ...mounts }),
    ],
    containers: [shell('main', 'cat /shared/init /shared/sidecar > /node/seen; sleep 100000', { readinessProbe: { exec: { command: ['test', '-s', '/node/seen'] }, ...SOON }, ...mounts })],
  });
}

/** Ends again and again, and says why by the two ways there are. */
export function failing(): object {
  return pod('failing', { containers: [
    shell('tells', 'echo by file > /dev/termination-log; exit 3'),
    shell('logs', 'echo by log; exit 4', { terminationMessagePolicy: 'FallbackToLogsOnError' }),
  ] });
}

/** Runs to its end and is not run again. */
export function once(): object {
  return pod('once', { restartPolicy: 'Never', containers: [shell('job', 'echo done > /dev/termination-log')] });
}

/** Alive until somebody removes its file. */
export function sick(): object {
  return pod('sick', { containers: [shell('patient', 'touch /tmp/healthy; sleep 100000', { livenessProbe: { exec: { command: ['test', '-e', '/tmp/healthy'] }, ...SOON, failureThreshold: 1, initialDelaySeconds: 2 } })] });
}

/** nginx in the node's network, at its port 80. */
export function onHost(): object {
  return pod('host', { hostNetwork: true, containers: [{ name: 'nginx', image: NGINX_IMAGE, imagePullPolicy: 'IfNotPresent', readinessProbe: { httpGet: { host: '127.0.0.1', path: '/', port: PORT }, ...SOON } }] });
}

/** A long sleep with a word in it that tells one version from another. */
export function versioned(version: string): object {
  return pod('versioned', { containers: [shell('sleeper', 'sleep 100000', { env: [{ name: 'VERSION', value: version }] })] });
}
