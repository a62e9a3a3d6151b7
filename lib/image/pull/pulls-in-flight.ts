import { createHash } from 'node:crypto';
import { SharedWork } from '#async';
import { CancelledError, DeadlineExceededError, UnavailableError } from '#errors';
import type { ImageRecord } from '#storage';
import { chooseCredential } from '../credentials/choose-credential.ts';
import type { HelperRunner } from '../credentials/credential-helper.ts';
import type { AuthConfig } from '../credentials/credential.ts';
import { formatReference, parseReference } from '../reference.ts';
import type { Reference } from '../reference.ts';
import { endpointsOf } from '../registries/endpoints.ts';
import type { RegistriesConfig } from '../registries/registries-config.ts';
import { candidatesOf } from '../registries/short-names.ts';
import { RegistryClient } from '../registry/registry-client.ts';
import { Trust } from '../registry/trust.ts';
import { rulesFor } from './namespace-rules.ts';
import type { NamespaceDirectories, NamespaceRules } from './namespace-rules.ts';
import { ProgressTracker } from './progress.ts';
import type { PullProgress } from './progress.ts';
import { mayBeElsewhere, pullError, withEarlier } from './pull-error.ts';
import { pullImage } from './pull-image.ts';
import type { PullContext } from './pull-context.ts';

interface Pull { readonly work: SharedWork<ImageRecord>; readonly progress: ProgressTracker; readonly cancel: AbortController }

interface PullsOptions {
  readonly context: PullContext;
  readonly registries: RegistriesConfig;
  readonly authFiles: readonly string[];
  readonly helperRunner: HelperRunner | undefined;
  readonly namespaces: NamespaceDirectories;
}

/** One caller's request. */
export interface PullRequest {
  readonly auth?: AuthConfig;
  /** Of the pod that the image is for. */
  readonly namespace?: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

/** What a pull may show and must fulfil. */
interface Rights extends NamespaceRules { readonly auth: AuthConfig | undefined }

/** Pulls under way, by what was asked and with which credentials. Equal ones are one; it ends when its last caller has left. */
export class PullsInFlight {
  readonly #options: PullsOptions;
  /** Those that may be joined. */
  readonly #joinable = new Map<string, Pull>();
  /** All, also those that clean up after their cancellation. */
  readonly #all = new Set<Pull>();
  #stopped = false;

  constructor(options: PullsOptions) {
    this.#options = options;
  }

  async pull(text: string, { auth, namespace, onProgress, signal }: PullRequest): Promise<ImageRecord> {
    const { registries, namespaces, context } = this.#options;
    const candidates = candidatesOf(text, registries);
    const rights = { auth, ...await rulesFor(namespace, parseReference(text), namespaces, context.policy) };
    if (this.#stopped) throw new UnavailableError('the daemon is stopping');
    const key = keyOf(candidates, rights);
    const pull = this.#joinable.get(key) ?? this.#begin(key, text, candidates, rights);
    const unlisten = onProgress && pull.progress.listen(onProgress);
    try {
      return await pull.work.join(signal, `pull image "${text}"`);
    } catch (error) {
      throw signal.aborted ? withStage(error, text, pull.progress) : error;
    } finally {
      unlisten?.();
    }
  }

  progress(): PullProgress[] {
    return [...this.#all].map((p) => p.progress.snapshot());
  }

  /** Cancels every pull and waits for the end of the last. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const pulls = [...this.#all];
    for (const pull of pulls) pull.cancel.abort(new UnavailableError('the daemon is stopping'));
    await Promise.all(pulls.map((p) => p.work.ended()));
  }

  #begin(key: string, text: string, candidates: readonly Reference[], rights: Rights): Pull {
    const progress = new ProgressTracker(text);
    const cancel = new AbortController();
    const forget = (): void => { if (this.#joinable.get(key) === pull) this.#joinable.delete(key); };
    const work = new SharedWork(async (alone) => {
      // A pull that its last caller has left cleans up; who asks now gets a new one.
      alone.addEventListener('abort', forget, { once: true });
      try {
        return await this.#pullFirst(candidates, rights, progress, AbortSignal.any([alone, cancel.signal]));
      } finally {
        forget();
        this.#all.delete(pull);
        progress[Symbol.dispose]();
      }
    }, { cancelWhenAlone: true });
    const pull: Pull = { work, progress, cancel };
    this.#joinable.set(key, pull);
    this.#all.add(pull);
    return pull;
  }

  async #pullFirst(candidates: readonly Reference[], rights: Rights, progress: ProgressTracker, signal: AbortSignal): Promise<ImageRecord> {
    const before: Error[] = [];
    for (const [i, reference] of candidates.entries()) {
      try {
        return await this.#pullOne(reference, rights, progress, signal);
      } catch (error) {
        const wrapped = pullError(formatReference(reference), signal.aborted ? signal.reason : error);
        if (i === candidates.length - 1 || signal.aborted || !mayBeElsewhere(wrapped)) throw withEarlier(wrapped, before);
        before.push(wrapped);
      }
    }
    throw new UnavailableError('no search registry is configured');
  }

  async #pullOne(reference: Reference, { auth, policy, credentials }: Rights, progress: ProgressTracker, signal: AbortSignal): Promise<ImageRecord> {
    const { context, registries } = this.#options;
    const sources = { request: auth, namespaced: credentials, files: this.#options.authFiles, helpers: registries.credentialHelpers, helperRunner: this.#options.helperRunner };
    const clients = await Promise.all(endpointsOf(reference, registries).map(async (endpoint) => {
      const options = { transport: context.transport, trust: new Trust(context.certificates, endpoint.insecure), limits: context.limits };
      return new RegistryClient(endpoint, await chooseCredential(endpoint, reference, sources, signal), options);
    }));
    const record = await pullImage(reference, { sources: clients, health: context.health }, { ...context, policy }, progress, signal);
    progress.enter('done');
    return record;
  }
}

/** Requests with other credentials or another policy are other requests: nobody profits from another's rights. */
function keyOf(candidates: readonly Reference[], { auth, policy, credentials }: Rights): string {
  const given = credentials && [credentials.path, [...credentials.auths], [...credentials.credHelpers], credentials.credsStore ?? ''];
  const fields = [auth?.username, auth?.password, auth?.auth, auth?.serverAddress, auth?.identityToken, auth?.registryToken].map((f) => f ?? '');
  return `${candidates.map(formatReference).join(' ')} ${createHash('sha256').update(JSON.stringify([fields, policy?.path ?? '', given ?? []])).digest('hex')}`;
}

function withStage(error: unknown, text: string, progress: ProgressTracker): unknown {
  const message = (what: string): string => `pull image "${text}": ${what} in ${progress.describe()}`;
  if (error instanceof DeadlineExceededError) return new DeadlineExceededError(message("the caller's deadline passed"), { cause: error });
  return error instanceof CancelledError ? new CancelledError(message('cancelled by the caller'), { cause: error }) : error;
}
