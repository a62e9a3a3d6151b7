/* The wire format of docs/monitor-protocol.md, shared by the monitor's socket and the launcher's pipe. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
	PROTOCOL_VERSION = 2,
	FRAME_HEADER = 8,
	FRAME_PAYLOAD_MAX = 64 * 1024,         /* on a monitor's socket, both ways */
	FRAME_PAYLOAD_SMALL = 32 * 1024,       /* of everything the launcher sends */
	LAUNCH_PAYLOAD_MAX = 4 * 1024 * 1024,  /* a RUN request: path, arguments, environment and stdin */
};

enum frame_type {
	/* to a monitor */
	FRAME_STATUS = 0x01, FRAME_START = 0x02, FRAME_KILL = 0x03, FRAME_REOPEN_LOG = 0x04, FRAME_RESIZE = 0x05, FRAME_SHUTDOWN = 0x06,
	FRAME_EXEC = 0x10, FRAME_EXEC_SPEC = 0x11, FRAME_EXEC_RUN = 0x12, FRAME_EXEC_TAKEN = 0x13, FRAME_EXEC_RELAY = 0x14,
	FRAME_ATTACH = 0x18,
	FRAME_STDIN = 0x20, FRAME_STDIN_CLOSE = 0x21,
	/* from a monitor */
	FRAME_HELLO = 0x40, FRAME_OK = 0x41, FRAME_ERROR = 0x42, FRAME_EXIT = 0x43,
	FRAME_EXEC_STARTED = 0x48, FRAME_EXEC_EXIT = 0x49,
	FRAME_STDOUT = 0x50, FRAME_STDERR = 0x51,
	/* to and from the launcher (which also sends STDOUT, STDERR and ERROR) */
	FRAME_RUN = 0x60, FRAME_CANCEL = 0x61, FRAME_RUN_EXIT = 0x62,
};

/* First byte of an ERROR payload; the rest is text. */
enum error_code {
	ERROR_INVALID = 1, ERROR_PRECONDITION = 2, ERROR_EXHAUSTED = 3, ERROR_DEADLINE = 4, ERROR_RUNTIME = 5, ERROR_INTERNAL = 6, ERROR_NOT_FOUND = 7, ERROR_BUSY = 8,
};

struct frame {
	uint8_t type;
	uint16_t id;
	uint32_t length;
	const uint8_t *payload;
};

/* 1: a whole frame is at the start of `buffer`; 0: more bytes are needed; -EMSGSIZE, -EPROTO: the peer does not speak this format. */
int frame_parse(const uint8_t *buffer, size_t have, uint32_t payload_max, struct frame *frame);
void frame_header(uint8_t *header, enum frame_type type, uint16_t id, uint32_t length);

/* Little-endian fields of a payload, read in order. Reading past the end sets `bad` and gives 0. */
struct reader { const uint8_t *at; size_t left; int bad; };
static inline struct reader read_payload(const struct frame *frame) { return (struct reader){.at = frame->payload, .left = frame->length}; }
uint64_t read_number(struct reader *reader, unsigned bytes);
/* A u32 length and so many bytes, of which none may be NUL; they must be followed by one. The string lives in the payload. */
const char *read_string(struct reader *reader);
void write_number(uint8_t *at, unsigned bytes, uint64_t value);
