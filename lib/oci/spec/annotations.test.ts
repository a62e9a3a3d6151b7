import assert from 'node:assert/strict';
import test from 'node:test';
import { containerConfig, sandboxConfig } from '../config-for-test.ts';
import { specAnnotations } from './annotations.ts';

const build = (annotations: Record<string, string>, allowed: string[] = [], pod: Record<string, string> = {}, defaults: Record<string, string> = {}): Record<string, string> =>
  specAnnotations({ id: 'c1', sandboxId: 's1', config: containerConfig({ annotations }), sandbox: { ...sandboxConfig(), annotations: pod }, allowed, defaults });

test('specAnnotations() keeps the container\'s and adds the identity, which nobody can replace', () => {
  const result = build({ mine: 'x', 'io.kubernetes.cri.sandbox-id': 'forged' });
  assert.equal(result['mine'], 'x');
  assert.equal(result['io.kubernetes.cri.sandbox-id'], 's1');
  assert.equal(result['io.kubernetes.cri.sandbox-name'], 'pod');
});

test('specAnnotations() drops what runtimes act on unless the handler allows it', () => {
  const acted = { 'run.oci.handler': 'krun', 'org.systemd.property.MemoryMax': '1', 'org.criu.config': '/x', 'io.containers.trace-syscall': 'of:/etc/x' };
  for (const key of Object.keys(acted)) assert.equal(build(acted)[key], undefined, key);
  assert.equal(build(acted, ['run.oci.'])['run.oci.handler'], 'krun');
  assert.equal(build(acted, ['run.oci.'])['org.criu.config'], undefined);
});

test('specAnnotations() never takes a seccomp program from a pod', () => {
  const forged = { 'run.oci.seccomp_bpf_data': 'AAAA' };
  assert.equal(build(forged, ['run.oci.'])['run.oci.seccomp_bpf_data'], undefined);
  assert.equal(build({}, ['run.oci.'], forged)['run.oci.seccomp_bpf_data'], undefined);
});

test('specAnnotations() takes allowed ones from the pod too, the container\'s winning, over the handler\'s defaults', () => {
  assert.deepEqual([build({}, ['run.oci.'], { 'run.oci.handler': 'wasm', other: 'x' })].map((a) => [a['run.oci.handler'], a['other']])[0], ['wasm', undefined]);
  assert.equal(build({ 'run.oci.handler': 'a' }, ['run.oci.'], { 'run.oci.handler': 'b' }, { 'run.oci.handler': 'c' })['run.oci.handler'], 'a');
  assert.equal(build({}, [], {}, { 'run.oci.handler': 'c' })['run.oci.handler'], 'c');
});
