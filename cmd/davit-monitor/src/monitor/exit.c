#include "exit.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_MODE = 0600 };

int exit_reserve(struct exit_file *file, const char *path)
{
	file->path = path;
	file->fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, EXIT_MODE);
	if (file->fd < 0)
		return -errno;
	/* Where the file system cannot reserve, zeros are written: the block is ours either way. */
	if (fallocate(file->fd, 0, 0, EXIT_RECORD_SIZE) == 0) {
		/* ext4 takes the page into memory, where it would stay as long as the container. */
		(void)posix_fadvise(file->fd, 0, 0, POSIX_FADV_DONTNEED);
		return 0;
	}
	char zeros[EXIT_RECORD_SIZE] = {0};
	return write_all(file->fd, zeros, sizeof zeros);
}

int exit_reopen(struct exit_file *file, const char *path)
{
	char first;
	cleanup_fd int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || pread(fd, &first, 1, 0) != 1)
		return errno != 0 ? -errno : -EIO;
	if (first != 0)
		return -EALREADY;
	file->path = path;
	file->fd = steal_fd(&fd);
	return 0;
}

uint32_t crc32_of(const void *data, size_t size)
{
	const uint8_t *at = data;
	uint32_t crc = ~0u;
	while (size-- > 0) {
		crc ^= *at++;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

size_t exit_format(const struct exit_record *record, const char *id, char *text)
{
	memset(text, 0, EXIT_RECORD_SIZE);
	int length = snprintf(text, EXIT_RECORD_SIZE - 16,
		"record=1\nid=%s\nexit_code=%d\nsignal=%d\noom_killed=%d\nstarted_at_ns=%lld\nfinished_at_ns=%lld\nlog_lost_lines=%llu\nlog_lost_bytes=%llu\nreason=%.128s\n",
		id, record->code, record->signal, record->oom_killed, (long long)record->started_ns, (long long)record->finished_ns,
		(unsigned long long)record->lost_lines, (unsigned long long)record->lost_bytes, record->reason);
	size_t body = (size_t)length < EXIT_RECORD_SIZE - 16 ? (size_t)length : EXIT_RECORD_SIZE - 17;
	return body + (size_t)snprintf(text + body, EXIT_RECORD_SIZE - body, "crc32=%08x\n", crc32_of(text, body));
}

static int sync_parent(const char *path)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(path, '/');
	if (slash == NULL || format_path(parent, sizeof parent, "%.*s/", (int)(slash - path), path) < 0)
		return -EINVAL;
	cleanup_fd int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		return -errno;
	return 0;
}

int exit_store(struct exit_file *file, const char *text)
{
	if (pwrite(file->fd, text, EXIT_RECORD_SIZE, 0) != EXIT_RECORD_SIZE)
		return errno != 0 ? -errno : -EIO;
	if (fdatasync(file->fd) < 0)
		return -errno;
	return sync_parent(file->path);
}
