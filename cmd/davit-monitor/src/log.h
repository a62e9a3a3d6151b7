/*
 * The CRI log: "<RFC 3339 time> <stdout|stderr> <P|F> <content>\n" for every line.
 * Nothing here allocates. A record is in the file whole or not at all; what could not be written is counted, and the next successful
 * write puts one line in its place that says how much is missing.
 */
#pragma once
#include "io.h"

enum {
	LOG_LINE_MAX = 32 * 1024,            /* upper bound of a content; the default is 16 KiB as in other runtimes */
	LOG_LINE_DEFAULT = 16 * 1024,
	LOG_READ_SIZE = 64 * 1024,
	LOG_BATCH = 64 * 1024,
	LOG_HEADER_MAX = 48,
	LOG_TAIL_MS = 250,                   /* a prompt without newline is in the file after this */
	STREAM_BUFFER = LOG_LINE_MAX + LOG_READ_SIZE,
	LOG_BUFFER = LOG_BATCH + LOG_LINE_MAX + LOG_HEADER_MAX,
};

struct log {
	int fd;                  /* -1: no log wanted */
	const char *path;
	uint32_t line_max;
	char *out;               /* LOG_BUFFER bytes */
	size_t out_have;
	int64_t stamp_second;    /* the second that `stamp` is the text of */
	char stamp[24];
	uint64_t lines, bytes;
	uint64_t lost_lines, lost_bytes;           /* since the last marker */
	uint64_t total_lost_lines, total_lost_bytes;
	int last_error;
};

struct stream {
	int fd;                  /* -1: ended */
	const char *name;
	char *buffer;            /* STREAM_BUFFER bytes; the first `have` are an unfinished line */
	size_t have;
	int64_t tail_at_ms;      /* when the unfinished line's first byte came */
};

int log_open(struct log *log, const char *path, uint32_t line_max, char *out);
/* Opens the path anew and goes on there; on failure the old file stays in use. */
int log_reopen(struct log *log);
void log_close(struct log *log);
/* `fresh` bytes have been read behind the stream's tail: writes every line that is complete. */
void log_take(struct log *log, struct stream *stream, size_t fresh, int64_t at_ms);
/* Writes the unfinished line as a partial record. */
void log_flush_tail(struct log *log, struct stream *stream);
