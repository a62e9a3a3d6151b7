import type { KeyedQueue, Semaphore } from '#async';
import type { Logger } from '#log';
import type { Storage } from '#storage';
import type { PullLimits } from '../limits.ts';
import type { Platform } from '../platform.ts';
import type { BlockPool } from '../registry/block-pool.ts';
import type { HostHealth } from '../registry/host-health.ts';
import type { Transport } from '../registry/transport.ts';
import type { CertificateStore } from '../registry/trust.ts';
import type { PolicyFile } from '../signature/load-policy.ts';
import type { LayersInFlight } from './layers-in-flight.ts';
import type { ParallelRanges } from './parallel-ranges.ts';
import type { PartialBlobs } from './partial-blobs.ts';
import type { RateLimit } from './rate-limit.ts';

/** What all pulls of one daemon share. */
export interface PullContext {
  readonly storage: Storage;
  readonly transport: Transport;
  readonly certificates: CertificateStore;
  readonly limits: PullLimits;
  readonly platform: Platform;
  readonly places: Semaphore;
  readonly rate: RateLimit;
  readonly ranges: ParallelRanges;
  /** For what comes over the network. */
  readonly memory: BlockPool;
  readonly partials: PartialBlobs | undefined;
  readonly flights: LayersInFlight;
  readonly health: HostHealth;
  /** Absent: every image may be pulled. */
  readonly policy: PolicyFile | undefined;
  /** Changes of one image's record, by its id. */
  readonly records: KeyedQueue;
  readonly log: Logger;
}
