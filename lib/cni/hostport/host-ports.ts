/**
 * Host ports of pods whose network has no plugin for them: a table of nftables that is ours, always
 * written as a whole from what is recorded of the pods, so that nothing is ever left in it.
 */
import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { errorText, FailedPreconditionError, InternalError } from '#errors';
import type { ProcessRunner } from '#linux';
import type { Logger } from '#log';
import { quoted } from '../plugin-error.ts';
import { forgetUdpConnections } from './connections.ts';
import { nftScript } from './nft-script.ts';
import { refuseTaken, type HostPortRule } from './rules.ts';

const NFT_PATHS = ['/usr/sbin/nft', '/sbin/nft', '/usr/bin/nft', '/usr/local/sbin/nft'];
const NFT_TIMEOUT_MS = 10_000;

export interface HostPortsOptions {
  readonly runner: ProcessRunner;
  readonly log: Logger;
  /** Where nft may be; the first that is there is used, looked for anew each time. */
  readonly nftPaths?: readonly string[];
}

export class HostPorts {
  readonly #options: HostPortsOptions;
  readonly #rules = new Map<string, readonly HostPortRule[]>();
  #applying: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** @param recorded rules of the sandboxes that an earlier daemon attached; `refresh` puts them in place */
  constructor(options: HostPortsOptions, recorded: Iterable<readonly [string, readonly HostPortRule[]]>) {
    this.#options = options;
    for (const [sandboxId, rules] of recorded) if (rules.length > 0) this.#rules.set(sandboxId, rules);
  }

  /** Path of the program, or undefined. */
  async program(): Promise<string | undefined> {
    for (const path of this.#options.nftPaths ?? NFT_PATHS) if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
    return undefined;
  }

  /** @throws FailedPreconditionError when there is no nft. @param what for the message: whose ports */
  async requireProgram(what: string): Promise<void> {
    if (await this.program() === undefined) throw new FailedPreconditionError(`${what}: no plugin of the network has the capability portMappings, and davit's own way needs nft, which is at none of ${NFT_PATHS.join(', ')}; install nftables, or add the portmap plugin`);
  }

  /**
   * Opens a sandbox's ports, or opens them anew.
   * @param hostInterfaces the node's ends of the pod's network: connections from 127.0.0.1 are let out there
   * @throws AlreadyExistsError when another sandbox has one of them; InternalError with nft's words
   */
  async open(sandboxId: string, rules: readonly HostPortRule[], hostInterfaces: readonly string[]): Promise<void> {
    refuseTaken(rules, this.#rules, sandboxId);
    this.#rules.set(sandboxId, rules);
    try {
      await Promise.all(hostInterfaces.map((name) => this.#routeLocalnet(name)));
      await this.#apply();
    } catch (error) {
      this.#rules.delete(sandboxId);
      throw error;
    }
    await forgetUdpConnections(this.#options, rules);
  }

  /** Idempotent. Without nft it only warns: nobody could close them then. @throws InternalError with nft's words; they count as open still */
  async close(sandboxId: string): Promise<void> {
    const rules = this.#rules.get(sandboxId);
    if (!rules) return;
    this.#rules.delete(sandboxId);
    if (await this.program() === undefined) {
      this.#options.log.warn('host ports of a sandbox cannot be closed: nft is gone', { sandbox: sandboxId });
      return;
    }
    try {
      await this.#apply();
    } catch (error) {
      this.#rules.set(sandboxId, rules);
      throw error;
    }
    await forgetUdpConnections(this.#options, rules);
  }

  /** Makes the table what is recorded, whatever somebody has done to it. Without nft and without rules there is nothing to do. */
  async refresh(): Promise<void> {
    if (this.#rules.size > 0 || await this.program() !== undefined) await this.#apply();
  }

  /** A call while the table is being written joins the writing after it. */
  #apply(): Promise<void> {
    if (!this.#applying) {
      this.#applying = this.#write().finally(() => { this.#applying = undefined; });
      return this.#applying;
    }
    this.#next ??= this.#applying.catch(() => undefined).then(() => {
      this.#next = undefined;
      return this.#apply();
    });
    return this.#next;
  }

  async #write(): Promise<void> {
    await this.requireProgram('write the host ports');
    const file = await this.program() ?? '';
    const script = nftScript([...this.#rules.values()].flat());
    const result = await this.#options.runner.run({ file, args: ['-f', '-'], env: {}, stdin: Buffer.from(script), timeoutMs: NFT_TIMEOUT_MS }, { signal: AbortSignal.timeout(NFT_TIMEOUT_MS + 1000) });
    if (result.exitCode !== 0) throw new InternalError(`write the host ports by ${file}: exit code ${result.exitCode ?? result.signal ?? 'unknown'}${quoted(':', result.stderr)}`);
  }

  async #routeLocalnet(name: string): Promise<void> {
    try {
      await writeFile(`/proc/sys/net/ipv4/conf/${name}/route_localnet`, '1');
    } catch (error) {
      this.#options.log.warn('host ports will not be reached from 127.0.0.1', { interface: name, error: errorText(error) });
    }
  }
}
