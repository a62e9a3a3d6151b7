/** Numbers of docs/monitor-protocol.md, the same as in cmd/davit-monitor/src/wire/frame.h. */
export const PROTOCOL_VERSION = 2;
/** The oldest that monitors of a running node may speak: they were started by an earlier davit. */
export const PROTOCOL_OLDEST = 1;
/** From here on frames may be large, and a monitor that has no room takes in what was sent before it says so. */
export const PROTOCOL_LARGE_FRAMES = 2;
export const FRAME_HEADER_BYTES = 8;
/** Payload limit on a monitor's socket, both ways. */
export const FRAME_PAYLOAD_MAX_BYTES = 64 * 1024;
/** The same for monitors of protocol 1, and of everything the launcher sends. */
export const FRAME_PAYLOAD_SMALL_BYTES = 32 * 1024;
/** Payload limit of a RUN request to the launcher. */
export const LAUNCH_PAYLOAD_MAX_BYTES = 4 * 1024 * 1024;
/** Limit of an exec's OCI process object. */
export const EXEC_SPEC_MAX_BYTES = 1024 * 1024;

export const FrameType = {
  status: 0x01, start: 0x02, kill: 0x03, reopenLog: 0x04, resize: 0x05, shutdown: 0x06,
  exec: 0x10, execSpec: 0x11, execRun: 0x12, execTaken: 0x13, execRelay: 0x14, attach: 0x18, stdin: 0x20, stdinClose: 0x21,
  hello: 0x40, ok: 0x41, error: 0x42, exit: 0x43, execStarted: 0x48, execExit: 0x49, stdout: 0x50, stderr: 0x51,
  run: 0x60, cancel: 0x61, runExit: 0x62,
} as const;

/** First byte of an ERROR payload, and exit code of `davit-monitor run`. */
export const WireError = { invalid: 1, precondition: 2, exhausted: 3, deadline: 4, runtime: 5, internal: 6, notFound: 7, busy: 8 } as const;

export const EXEC_TERMINAL = 1;
export const EXEC_STDIN = 2;
export const EXEC_OFFER = 8;
export const ATTACH_STDIN = 1;
export const ATTACH_STDOUT = 2;
export const ATTACH_STDERR = 4;
