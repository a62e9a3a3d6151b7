/*
 * Going on where a monitor that was killed has stopped. While it lives it keeps in its run directory what it was asked to do and which
 * process the container is. A container's pipes are open for reading in the container itself (create.c), so that they outlast the monitor
 * and can be opened anew there. A terminal has gone with the only process that had its master: its container was hung up.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include "monitor.h"
#include "process.h"

enum { KEPT_MODE = 0600, KEPT_MAX = 256 * 1024, FACTS_MAX = 256 };

static int write_parts(int fd, const struct iovec *parts, unsigned count)
{
	ssize_t whole = 0, written;
	for (unsigned i = 0; i < count; i++)
		whole += (ssize_t)parts[i].iov_len;
	do
		written = writev(fd, parts, (int)count);
	while (written < 0 && errno == EINTR);
	return written == whole ? 0 : written < 0 ? -errno : -ENOSPC;
}

/* In place of what was there, whole or not at all. */
static int replace_kept(const struct monitor *m, const struct iovec *parts, unsigned count, struct error *error)
{
	char path[PATH_MAX], temporary[PATH_MAX];
	if (format_path(path, sizeof path, "%s/container", m->directory) < 0 || format_path(temporary, sizeof temporary, "%s/container.new", m->directory) < 0)
		return fail(error, ENAMETOOLONG, "keep \"%s\"", m->directory);
	cleanup_fd int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, KEPT_MODE);
	int result = fd < 0 ? -errno : write_parts(fd, parts, count);
	if (result == 0 && rename(temporary, path) < 0)
		result = -errno;
	if (result < 0) {
		unlink(temporary);
		return fail(error, -result, "keep \"%s\"", path);
	}
	return 0;
}

static unsigned long long inode_of(int fd)
{
	struct stat st;
	return fd >= 0 && fstat(fd, &st) == 0 ? (unsigned long long)st.st_ino : 0;
}

int keep_container(const struct monitor *m, struct error *error)
{
	char facts[FACTS_MAX];
	struct process process = {0};
	struct iovec parts[1 + ARGUMENTS_MAX];
	unsigned count = 1;
	(void)process_read(m->container.pid, &process);
	int length = snprintf(facts, sizeof facts, "%d %llu %lld %lld %llu %llu", (int)m->container.pid, (unsigned long long)process.start, (long long)m->record.started_ns,
	                      (long long)m->oom.baseline, inode_of(m->streams[0].fd), inode_of(m->streams[1].fd));
	parts[0] = (struct iovec){facts, (size_t)length + 1};
	for (char **word = m->arguments; *word != NULL; word++) {
		if (count > ARGUMENTS_MAX)
			return fail(error, E2BIG, "keep more than %d arguments", ARGUMENTS_MAX);
		parts[count++] = (struct iovec){*word, strlen(*word) + 1};
	}
	return replace_kept(m, parts, count, error);
}

/* The words of the file, the facts first, each with its end, in a block of their own; NULL when there is none. */
static char *read_kept(const char *directory, size_t *size, struct error *error)
{
	char path[PATH_MAX];
	char *block = malloc(KEPT_MAX);
	ssize_t length = block == NULL || format_path(path, sizeof path, "%s/container", directory) < 0 ? -ENOMEM : read_file(path, block, KEPT_MAX);
	if (length > 0 && block[length - 1] == '\0') {
		*size = (size_t)length;
		return block;
	}
	(void)fail(error, length < 0 ? (int)-length : ENODATA, "adopt: no container was created in \"%s\"", directory);
	free(block);
	return NULL;
}

char **kept_arguments(const char *directory, struct error *error)
{
	size_t size = 0, count = 0, at = 0;
	char *block = read_kept(directory, &size, error);
	for (size_t i = 0; i < size; i++)
		count += block[i] == '\0';
	char **arguments = block != NULL ? calloc(count + 1, sizeof *arguments) : NULL;
	if (arguments == NULL) {
		free(block);
		return NULL;
	}
	for (char *word = block + strlen(block) + 1; at + 1 < count; word += strlen(word) + 1)
		arguments[at++] = word;
	return arguments;
}

/* A new reader of the pipe with that inode, which the container's process has open somewhere; -1 when it has not. */
static int reopen_pipe(pid_t pid, unsigned long long inode)
{
	char path[PATH_MAX];
	struct stat st;
	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	DIR *descriptors = inode != 0 ? opendir(path) : NULL;
	int found = -1;
	for (struct dirent *entry; descriptors != NULL && found < 0 && (entry = readdir(descriptors)) != NULL;) {
		if (format_path(path, sizeof path, "/proc/%d/fd/%s", (int)pid, entry->d_name) < 0 || stat(path, &st) < 0 || !S_ISFIFO(st.st_mode) || st.st_ino != inode)
			continue;
		found = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	}
	if (descriptors != NULL)
		closedir(descriptors);
	return found;
}

int adopt_container(struct monitor *m, struct error *error)
{
	int pid;
	unsigned long long start, inodes[2];
	long long started_ns, oom_baseline;
	struct process process;
	size_t size;
	char *facts = read_kept(m->directory, &size, error);
	if (facts == NULL)
		return -ESRCH;
	int known = sscanf(facts, "%d %llu %lld %lld %llu %llu", &pid, &start, &started_ns, &oom_baseline, &inodes[0], &inodes[1]);
	free(facts);
	if (known != 6)
		return fail(error, EPROTO, "adopt \"%s\": what is kept in \"%s\"", m->config.id, m->directory);
	/* The descriptor first: what it names cannot change any more. */
	int result = adopt(pid, &m->container);
	if (result < 0 || !process_read(pid, &process) || process.start != start) {
		child_forget(&m->container);
		return fail(error, ESRCH, "adopt \"%s\": process %d", m->config.id, pid);
	}
	for (unsigned i = 0; i < 2 && !m->config.terminal; i++)
		m->streams[i].fd = reopen_pipe(pid, inodes[i]);
	m->record.started_ns = started_ns;
	m->state = started_ns != 0 ? STATE_RUNNING : STATE_CREATED;
	oom_begin(&m->oom, &m->buffers->cgroup_mount, pid);
	m->oom.baseline = oom_baseline;
	return 0;
}
