/** What a call's file exports: a function from the decoded request to the answer. */
import type { Images } from '#image';
import type { Pods } from '#pod';
import type { EncodedItems, EncodedMessage } from './encoded-items.ts';
import type { Input } from './generated/cri.js';
import type { Calls, StreamName, UnaryName } from './generated/services.ts';
import type { RuntimeInfo } from './info.ts';
import type { StreamUrls } from './stream-urls.ts';

/** What calls are answered from. */
export interface Dependencies {
  readonly pods: Pods;
  readonly images: Images;
  readonly info: RuntimeInfo;
  readonly streams: StreamUrls;
  readonly encoded: EncodedItems;
}

export interface CallContext {
  /** Aborts with the client's deadline (a TimeoutError), its cancel, and the end of the daemon (AbortErrors). */
  readonly signal: AbortSignal;
  /** Until the client's deadline; Infinity without one. */
  readonly timeLeftMs: () => number;
}

/** @throws an error of #errors; anything else reaches the client as Unknown. */
export type UnaryHandler<N extends UnaryName> = (deps: Dependencies, request: Calls[N]['request'], call: CallContext) =>
  Input<Calls[N]['response']> | EncodedMessage | Promise<Input<Calls[N]['response']> | EncodedMessage>;

/** The messages of the stream; it is read no faster than the client takes them. */
export type StreamHandler<N extends StreamName> = (deps: Dependencies, request: Calls[N]['request'], call: CallContext) => AsyncIterable<Input<Calls[N]['response']> | EncodedMessage>;

export type Handler<N extends UnaryName | StreamName> = N extends UnaryName ? UnaryHandler<N> : N extends StreamName ? StreamHandler<N> : never;
