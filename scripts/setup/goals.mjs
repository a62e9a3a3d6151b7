// What each goal needs, in order.
import { SetupError } from './commands.mjs';
import { criu } from './criu.mjs';
import { debianPackages, testPackages, vmPackages } from './debian.mjs';
import { cniTools, crictl, goTools, kubelet } from './go-tools.mjs';
import { hostSettings } from './host.mjs';
import { images } from './images.mjs';
import { monitor, unpacker } from './programs.mjs';
import { npmPackages } from './npm.mjs';
import { vmDisk } from './vm.mjs';

const RUN = [npmPackages, debianPackages, hostSettings, monitor, unpacker];
const TEST = [...RUN, testPackages, cniTools, goTools, criu, images];

const GOALS = {
  /** The house checks. */
  check: [npmPackages, debianPackages, testPackages, monitor, unpacker],
  /** The daemon and pods. */
  run: RUN,
  /** `npm run demo`. */
  demo: [...RUN, crictl],
  /** Unit and kernel tests. */
  unit: [...RUN, testPackages, cniTools],
  /** Everything through the socket. */
  test: TEST,
  /** `npm run test:kubelet`. */
  kubelet: [...TEST, kubelet],
  /** `npm run test:vm`. */
  vm: [...TEST, vmPackages, vmDisk],
};

/** @returns the exit code. */
export async function runGoal(goal) {
  const steps = GOALS[goal];
  if (steps === undefined) {
    process.stderr.write(`set-up: no goal "${goal}"; there are ${Object.keys(GOALS).join(', ')}\n`);
    return 2;
  }
  try {
    for (const step of steps) await runStep(step);
    return 0;
  } catch (error) {
    process.stderr.write(`set-up failed: ${error instanceof SetupError ? error.message : error.stack}\n`);
    return 1;
  }
}

async function runStep(step) {
  if (step.isDone()) return;
  const begun = Date.now();
  process.stdout.write(`set-up: ${step.name} ...`);
  try {
    await step.run();
  } catch (error) {
    process.stdout.write(' failed\n');
    throw error;
  }
  process.stdout.write(` ${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}
