import { RateMeter } from './rate-meter.ts';

/** How far one layer is. A layer that several pulls wait for has one of these. */
export interface LayerProgress {
  /** Of the compressed blob. */
  readonly digest: string;
  readonly bytes: number;
  readonly totalBytes: number;
  /** Of the network, over the last seconds. */
  readonly bytesPerSecond: number;
  /** 'reading': from an archive; 'unpacking': every byte is here and not yet on the disk; 'present': the storage had it. */
  readonly stage: 'waiting' | 'downloading' | 'reading' | 'unpacking' | 'unpacked' | 'present';
  /** Where its bytes are from: address and whose credentials; '' before the first. */
  readonly endpoint: string;
}

export interface PullProgress {
  /** As the caller wrote it. */
  readonly reference: string;
  readonly stage: 'resolving' | 'layers' | 'committing' | 'done';
  readonly elapsedMs: number;
  /** Over all layers, compressed. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly layers: readonly LayerProgress[];
}

/** What who fetches a layer writes down about it. */
export class LayerState {
  readonly digest: string;
  readonly totalBytes: number;
  bytes = 0;
  stage: LayerProgress['stage'] = 'waiting';
  endpoint = '';
  readonly #meter = new RateMeter();

  constructor(layer: { readonly digest: string; readonly size: number }) {
    this.digest = layer.digest;
    this.totalBytes = layer.size;
  }

  /** `bytes` of the blob have come in all; fewer than before when it is fetched anew. */
  received(bytes: number): void {
    this.#meter.add(Math.max(0, bytes - this.bytes));
    this.bytes = bytes;
    if (bytes === this.totalBytes) this.stage = 'unpacking';
  }

  snapshot(): LayerProgress {
    const { digest, bytes, totalBytes, stage, endpoint } = this;
    return { digest, bytes, totalBytes, bytesPerSecond: this.#meter.perSecond(), stage, endpoint };
  }
}

/** Listeners hear of a pull no more often than this. */
const PROGRESS_INTERVAL_MS = 100;

/** The progress of one pull, and those who watch it. Disposing tells them a last time. */
export class ProgressTracker implements Disposable {
  readonly #reference: string;
  /** Of a clock that does not go back. */
  readonly #startedAtMs = performance.now();
  readonly #listeners = new Set<(progress: PullProgress) => void>();
  #stage: PullProgress['stage'] = 'resolving';
  #layers: readonly LayerState[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(reference: string) {
    this.#reference = reference;
  }

  enter(stage: PullProgress['stage']): void {
    this.#stage = stage;
    this.#tell();
  }

  /** The states are kept, not copied: who fetches a layer writes to its own. */
  watchLayers(layers: readonly LayerState[]): void {
    this.#layers = layers;
  }

  /** Calls `listener` now and again until it is removed by the returned function. */
  listen(listener: (progress: PullProgress) => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tell(), PROGRESS_INTERVAL_MS).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stopTimer();
    };
  }

  snapshot(): PullProgress {
    const layers = this.#layers.map((l) => l.snapshot());
    const sum = (of: (l: LayerProgress) => number): number => layers.reduce((n, l) => n + of(l), 0);
    return { reference: this.#reference, stage: this.#stage, elapsedMs: Math.round(performance.now() - this.#startedAtMs), bytes: sum((l) => l.bytes), totalBytes: sum((l) => l.totalBytes), layers };
  }

  /** For errors: the stage, the time and the last progress. */
  describe(): string {
    const { stage, elapsedMs, bytes, totalBytes, layers } = this.snapshot();
    const done = layers.filter((l) => l.stage === 'unpacked' || l.stage === 'present').length;
    return `stage ${stage} after ${elapsedMs} ms${layers.length > 0 ? `, ${done} of ${layers.length} layers and ${bytes} of ${totalBytes} bytes done` : ''}`;
  }

  [Symbol.dispose](): void {
    this.#tell();
    this.#stopTimer();
    this.#listeners.clear();
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const progress = this.snapshot();
    for (const listener of this.#listeners) listener(progress);
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
