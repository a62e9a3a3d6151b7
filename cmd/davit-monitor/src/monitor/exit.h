/* The exit record: a small text with a checksum, in a file that is reserved when the container is created so that a full disk cannot stop it. */
#pragma once
#include "system/io.h"

enum { EXIT_RECORD_SIZE = 512 };

struct exit_record {
	int code, signal;
	bool oom_killed;
	int64_t started_ns, finished_ns;
	uint64_t lost_lines, lost_bytes;
	const char *reason;        /* short, without newline; "" for none */
};

struct exit_file {
	int fd;
	const char *path;
};

int exit_reserve(struct exit_file *file, const char *path);
/* One that was reserved before; -EALREADY when it is written. */
int exit_reopen(struct exit_file *file, const char *path);
/* Zero-padded text of EXIT_RECORD_SIZE bytes; returns its length without the padding. */
size_t exit_format(const struct exit_record *record, const char *id, char *text);
/* Durable when it returns 0. */
int exit_store(struct exit_file *file, const char *text);
uint32_t crc32_of(const void *data, size_t size);
