/*
 * Descriptors, small files and errors.
 *
 * The one convention for errors: a function that can fail returns 0 (or a value >= 0) on success and -errno on failure. Where words are
 * needed for a person it also takes a `struct error`, which fail() fills. Nothing outside main() leaves the process.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <sys/types.h>
#include <unistd.h>

struct error { char text[2048]; };

/* Static memory that most processes of this program never touch: behind all the rest, which shares few pages that way (names are sorted). */
#define BIG __attribute__((section(".bss.z_big")))

/* Writes "WORDS: strerror(number)" (only WORDS when number is 0) and returns -number, or -EINVAL for 0. */
int fail(struct error *error, int number, const char *format, ...) __attribute__((format(printf, 3, 4)));

static inline void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}
/* `cleanup_fd int fd` is closed when it leaves its scope; steal_fd() hands it on. */
#define cleanup_fd __attribute__((cleanup(close_fd)))

static inline int steal_fd(int *fd)
{
	int stolen = *fd;
	*fd = -1;
	return stolen;
}

/* Milliseconds of CLOCK_MONOTONIC, nanoseconds of CLOCK_REALTIME. */
int64_t now_ms(void);
int64_t wall_ns(void);

/* Everything or -errno; for files and blocking descriptors. */
int write_all(int fd, const void *data, size_t size);
/* Opens an existing file and writes `text` in one write(2). */
int write_file(const char *path, const char *text);
/* The start of a file as a string; returns its length, at most size - 1. */
ssize_t read_file(const char *path, char *text, size_t size);
/* snprintf that takes truncation for an error: 0 or -ENAMETOOLONG. */
int format_path(char *path, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A decimal number that fills the whole string, in [min, max]; -EINVAL otherwise. */
int parse_number(const char *text, int64_t min, int64_t max, int64_t *value);
/* Puts a process (0: the caller) into the cgroup whose directories these are; a directory that is gone is skipped. */
void enter_cgroups(char *const *directories, unsigned count, pid_t pid);
/* A listening socket for the owner alone, in place of one that nobody listens on any more; -EEXIST when somebody does. */
int unix_listen(const char *path, int backlog);
/* Waits until fd is readable; 1, 0 on timeout, -errno. A negative timeout never ends. */
int wait_readable(int fd, int64_t timeout_ms);
