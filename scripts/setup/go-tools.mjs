// Go programs for the tests, each from the module under test/tools whose go.mod fixes its versions.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { command, retried } from './commands.mjs';
import { BIN, ROOT } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamps.mjs';

const CRI_TOOLS = 'test/tools/cri-tools';
const CRI_DESCRIPTORS = 'test/tools/cri-descriptors';
const CNITOOL = 'test/tools/cnitool';
const RUNC = 'test/tools/runc';
const BUILDS = [
  { module: CRI_TOOLS, product: 'crictl', args: ['build', '-trimpath', '-o', join(BIN, 'crictl'), 'sigs.k8s.io/cri-tools/cmd/crictl'] },
  { module: CRI_TOOLS, product: 'ginkgo', args: ['build', '-trimpath', '-o', join(BIN, 'ginkgo'), 'github.com/onsi/ginkgo/v2/ginkgo'] },
  // critest is a test binary: its package holds test files only.
  { module: CRI_TOOLS, product: 'critest', args: ['test', '-c', '-trimpath', '-o', join(BIN, 'critest'), 'sigs.k8s.io/cri-tools/cmd/critest'] },
  { module: CRI_DESCRIPTORS, product: 'cri-descriptors', args: ['build', '-trimpath', '-o', join(BIN, 'cri-descriptors'), '.'] },
  // Newer than Debian's: it has id-mapped mounts. Needs libseccomp-dev.
  { module: RUNC, product: 'runc', args: ['build', '-trimpath', '-tags', 'seccomp', '-o', join(BIN, 'runc'), 'github.com/opencontainers/runc'], cgo: true },
];

const CNI_BUILDS = [
  { module: CNITOOL, product: 'cnitool', args: ['build', '-trimpath', '-o', join(BIN, 'cnitool'), 'github.com/containernetworking/cni/cnitool'] },
  { module: CNITOOL, product: 'cni-gc', args: ['build', '-trimpath', '-o', join(BIN, 'cni-gc'), '.'] },
  ...['noop', 'sleep'].map((name) => ({ module: CNITOOL, product: `cni-${name}`, args: ['build', '-trimpath', '-o', join(BIN, `cni-${name}`), `github.com/containernetworking/cni/plugins/test/${name}`] })),
];

const currentHash = () => hashOf([CRI_TOOLS, CRI_DESCRIPTORS, RUNC, 'scripts/setup/go-tools.mjs']);

const CRICTL = BUILDS[0];
const KUBELET_MODULE = 'test/tools/kubelet';

/** Apart from the others: building it takes minutes, and only `npm run test:kubelet` calls it. */
export const kubelet = {
  name: 'kubelet (five to ten minutes the first time)',
  isDone: () => isStamped('kubelet', hashOf([KUBELET_MODULE]), [join(BIN, 'kubelet')]),
  run: () => {
    build({ module: KUBELET_MODULE, args: ['build', '-trimpath', '-ldflags', '-s -w', '-o', join(BIN, 'kubelet'), 'k8s.io/kubernetes/cmd/kubelet'] });
    stamp('kubelet', hashOf([KUBELET_MODULE]));
  },
};

/** The only one that the demo calls. */
export const crictl = {
  name: 'crictl (a minute or two the first time)',
  isDone: () => isStamped('crictl', currentHash(), [join(BIN, CRICTL.product)]) || goTools.isDone(),
  run: () => {
    build(CRICTL);
    stamp('crictl', currentHash());
  },
};

export const goTools = {
  name: 'crictl, critest, ginkgo, cri-descriptors, runc (a few minutes the first time)',
  isDone: () => isStamped('go-tools', currentHash(), BUILDS.map((b) => join(BIN, b.product))),
  run: () => {
    BUILDS.forEach(build);
    stamp('go-tools', currentHash());
  },
};

/** What lib/cni is compared and tested with. */
export const cniTools = {
  name: 'cnitool, cni-gc, and the test plugins of CNI itself',
  isDone: () => isStamped('cni-tools', hashOf([CNITOOL], CNI_BUILDS.flatMap(({ args }) => args.slice(-1))), CNI_BUILDS.map((b) => join(BIN, b.product))),
  run: () => {
    CNI_BUILDS.forEach(build);
    stamp('cni-tools', hashOf([CNITOOL], CNI_BUILDS.flatMap(({ args }) => args.slice(-1))));
  },
};

function build({ module, args, cgo = false }) {
  mkdirSync(BIN, { recursive: true });
  retried(() => command('go', args, { cwd: join(ROOT, module), env: { CGO_ENABLED: cgo ? '1' : '0', GOFLAGS: '-mod=readonly' } }));
}
