// Go programs for the tests, each from the module under test/tools whose go.mod fixes its versions.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './commands.mjs';
import { BIN, ROOT } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamps.mjs';

const CRI_TOOLS = 'test/tools/cri-tools';
const CRI_DESCRIPTORS = 'test/tools/cri-descriptors';
const BUILDS = [
  { module: CRI_TOOLS, product: 'crictl', args: ['build', '-trimpath', '-o', join(BIN, 'crictl'), 'sigs.k8s.io/cri-tools/cmd/crictl'] },
  { module: CRI_TOOLS, product: 'ginkgo', args: ['build', '-trimpath', '-o', join(BIN, 'ginkgo'), 'github.com/onsi/ginkgo/v2/ginkgo'] },
  // critest is a test binary: its package holds test files only.
  { module: CRI_TOOLS, product: 'critest', args: ['test', '-c', '-trimpath', '-o', join(BIN, 'critest'), 'sigs.k8s.io/cri-tools/cmd/critest'] },
  { module: CRI_DESCRIPTORS, product: 'cri-descriptors', args: ['build', '-trimpath', '-o', join(BIN, 'cri-descriptors'), '.'] },
];

const currentHash = () => hashOf([CRI_TOOLS, CRI_DESCRIPTORS, 'scripts/setup/go-tools.mjs']);

export const goTools = {
  name: 'crictl, critest, ginkgo, cri-descriptors (a few minutes the first time)',
  isDone: () => isStamped('go-tools', currentHash(), BUILDS.map((b) => join(BIN, b.product))),
  run: () => {
    mkdirSync(BIN, { recursive: true });
    for (const build of BUILDS) command('go', build.args, { cwd: join(ROOT, build.module), env: { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' } });
    stamp('go-tools', currentHash());
  },
};
