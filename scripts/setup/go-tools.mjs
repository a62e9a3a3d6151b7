// crictl, critest and ginkgo, built from the modules that test/tools/cri-tools/go.mod fixes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './commands.mjs';
import { BIN, ROOT } from './paths.mjs';
import { hashOf, isStamped, stamp } from './stamps.mjs';

const MODULE = 'test/tools/cri-tools';
const BUILDS = [
  { product: 'crictl', args: ['build', '-trimpath', '-o', join(BIN, 'crictl'), 'sigs.k8s.io/cri-tools/cmd/crictl'] },
  { product: 'ginkgo', args: ['build', '-trimpath', '-o', join(BIN, 'ginkgo'), 'github.com/onsi/ginkgo/v2/ginkgo'] },
  // critest is a test binary: its package holds test files only.
  { product: 'critest', args: ['test', '-c', '-trimpath', '-o', join(BIN, 'critest'), 'sigs.k8s.io/cri-tools/cmd/critest'] },
];

const currentHash = () => hashOf([`${MODULE}/go.mod`, `${MODULE}/go.sum`, 'scripts/setup/go-tools.mjs']);

export const goTools = {
  name: 'crictl, critest, ginkgo (a few minutes the first time)',
  isDone: () => isStamped('go-tools', currentHash(), BUILDS.map((b) => join(BIN, b.product))),
  run: () => {
    mkdirSync(BIN, { recursive: true });
    for (const build of BUILDS) command('go', build.args, { cwd: join(ROOT, MODULE), env: { CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' } });
    stamp('go-tools', currentHash());
  },
};
