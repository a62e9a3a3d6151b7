/** A wish that this node cannot grant and that a container can live without; the daemon logs each `key` once. */
export interface SpecAdjustment {
  readonly key: string;
  readonly message: string;
}
