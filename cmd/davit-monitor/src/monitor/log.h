/*
 * The CRI log: "<RFC 3339 time> <stdout|stderr> <P|F> <content>\n" for every line.
 * Nothing here allocates. A record is in the file whole or not at all; what could not be written is counted, and the next successful
 * write puts one line in its place that says how much is missing. Or nothing is lost: then the streams wait until the disk takes more.
 */
#pragma once
#include "system/io.h"

enum {
	LOG_LINE_MAX = 32 * 1024,            /* upper bound of a content; the default is 16 KiB as in other runtimes */
	LOG_LINE_DEFAULT = 16 * 1024,
	LOG_READ_SIZE = 256 * 1024,
	LOG_BATCH = 256 * 1024,              /* fewer and bigger reads and writes: a quarter of the CPU less than with half of it */
	LOG_HEADER_MAX = 48,
	LOG_TAIL_MS = 250,                   /* a prompt without newline is in the file after this */
	LOG_RETRY_MS = 500,                  /* a full disk that the container waits for is tried again after this */
	LOG_SIZE_MIN = 8 * 1024,             /* smallest file size at which files may be changed */
	LOG_SLACK = 64,                      /* searched and copied at once: so much of what lies behind a line too */
	STREAM_BUFFER = LOG_LINE_MAX + LOG_READ_SIZE + LOG_SLACK,
	LOG_BUFFER = LOG_BATCH + LOG_LINE_MAX + LOG_HEADER_MAX + LOG_SLACK,
};

struct log_options {
	const char *path;        /* "": no log wanted */
	int64_t line_max;        /* bytes of a record's content */
	int64_t size_max;        /* of a file; a new one follows. 0: no limit */
	int64_t files_max;       /* the current one counts */
	int64_t lines_per_second, bytes_per_second;   /* of content; what exceeds them is dropped and counted. 0: no limit */
	bool block_when_full;    /* the container waits for a full disk, instead of losing lines */
};

struct log {
	struct log_options options;
	int fd;                  /* -1: no log wanted */
	uint64_t size;           /* of the file */
	char *out;               /* LOG_BUFFER bytes */
	size_t out_have;
	uint64_t out_lines;
	int64_t rotated_second;  /* of the last rotation, and how many names of that second are taken */
	int rotated_count;
	bool stalled;            /* `out` waits for room on the disk; nothing is to be taken until log_retry() */
	uint64_t window_lines, window_bytes;       /* in the current second, for the rates */
	int64_t stamp_second;    /* the second that `stamp` is the text of */
	char stamp[24];
	uint64_t lines, bytes;
	uint64_t lost_lines, lost_bytes;           /* since the last marker */
	uint64_t total_lost_lines, total_lost_bytes;
	uint64_t limited_lines, limited_bytes;     /* of them, for their rate */
	const char *lost_why, *write_error;
};

struct stream {
	int fd;                  /* -1: ended */
	const char *name;
	char *buffer;            /* STREAM_BUFFER bytes; the first `have` are an unfinished line */
	size_t have;
	size_t searched;         /* so many of them hold no newline */
	int64_t tail_at_ms;      /* when the unfinished line's first byte came */
};

/* `out` is LOG_BUFFER bytes. */
int log_open(struct log *log, const struct log_options *options, char *out);
/* Opens the path anew and goes on there; on failure the old file stays in use. */
int log_reopen(struct log *log);
void log_close(struct log *log);
/* mend.c: after a monitor that was killed while it wrote: the record that it has torn is taken out again, and told as lost. */
void log_mend(struct log *log);
/* `fresh` bytes have been read behind the stream's tail: writes every line that is complete, unless the log stalls. */
void log_take(struct log *log, struct stream *stream, size_t fresh, int64_t at_ms);
/* Writes the unfinished line as a partial record. */
void log_flush_tail(struct log *log, struct stream *stream);
/* Tries again what a full disk has stalled; `give_up`: what it does not take now is lost. */
void log_retry(struct log *log, bool give_up);
/* Counts what is missing, for the next marker. */
void log_lose(struct log *log, uint64_t lines, uint64_t bytes, const char *why);
/* rotate.c: the file gets a name with the time, as the kubelet gives it, the oldest of its kind go, and a new file is opened; on failure the old one goes on. */
int log_rotate(struct log *log);
int log_open_file(const char *path);
/* From here on records go to `fd`. */
void log_go_on(struct log *log, int fd);
