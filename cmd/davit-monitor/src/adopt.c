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
#include "monitor.h"
#include "process.h"

enum { KEPT_MODE = 0600, KEPT_MAX = 256 * 1024 };

/* In place of what was there, whole or not at all. */
static int replace_file(const struct monitor *m, const char *name, const char *data, size_t size, struct error *error)
{
	char path[PATH_MAX], temporary[PATH_MAX];
	if (format_path(path, sizeof path, "%s/%s", m->directory, name) < 0 || format_path(temporary, sizeof temporary, "%s/%s.new", m->directory, name) < 0)
		return fail(error, ENAMETOOLONG, "keep \"%s\"", name);
	cleanup_fd int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, KEPT_MODE);
	int result = fd < 0 ? -errno : write_all(fd, data, size);
	if (result == 0 && rename(temporary, path) < 0)
		result = -errno;
	if (result < 0) {
		unlink(temporary);
		return fail(error, -result, "keep \"%s\"", path);
	}
	return 0;
}

int keep_arguments(const struct monitor *m, struct error *error)
{
	/* One block: the kernel lays the words of a command line out one behind the other, but kept ones are laid out so by us. */
	size_t size = 0;
	for (char **word = m->arguments; *word != NULL; word++)
		size += strlen(*word) + 1;
	char *block = malloc(size + 1), *at = block;
	if (block == NULL)
		return fail(error, ENOMEM, "keep arguments");
	for (char **word = m->arguments; *word != NULL; word++)
		at = stpcpy(at, *word) + 1;
	int result = replace_file(m, "arguments", block, size, error);
	free(block);
	return result;
}

static unsigned long long inode_of(int fd)
{
	struct stat st;
	return fd >= 0 && fstat(fd, &st) == 0 ? (unsigned long long)st.st_ino : 0;
}

int keep_container(const struct monitor *m, struct error *error)
{
	char text[256];
	struct process process = {0};
	(void)process_read(m->container.pid, &process);
	int length = snprintf(text, sizeof text, "%d %llu %lld %lld %llu %llu\n", (int)m->container.pid, (unsigned long long)process.start, (long long)m->record.started_ns,
	                      (long long)m->oom.baseline, inode_of(m->streams[0].fd), inode_of(m->streams[1].fd));
	return replace_file(m, "container", text, (size_t)length, error);
}

char **kept_arguments(const char *directory, struct error *error)
{
	char path[PATH_MAX];
	char *block = malloc(KEPT_MAX);
	ssize_t size = block == NULL || format_path(path, sizeof path, "%s/arguments", directory) < 0 ? -ENOMEM : read_file(path, block, KEPT_MAX);
	size_t count = 0, at = 0;
	for (ssize_t i = 0; i < size; i++)
		count += block[i] == '\0';
	char **arguments = size > 0 ? calloc(count + 1, sizeof *arguments) : NULL;
	if (arguments == NULL) {
		(void)fail(error, size < 0 ? (int)-size : ENODATA, "adopt: arguments in \"%s\"", directory);
		free(block);
		return NULL;
	}
	for (char *word = block; at < count; word += strlen(word) + 1)
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
	char path[PATH_MAX], text[256];
	int pid;
	unsigned long long start, inodes[2];
	long long started_ns, oom_baseline;
	struct process process;
	if (format_path(path, sizeof path, "%s/container", m->directory) < 0 || read_file(path, text, sizeof text) < 0)
		return fail(error, ESRCH, "adopt \"%s\": no container was created", m->config.id);
	if (sscanf(text, "%d %llu %lld %lld %llu %llu", &pid, &start, &started_ns, &oom_baseline, &inodes[0], &inodes[1]) != 6)
		return fail(error, EPROTO, "adopt \"%s\": \"%s\"", m->config.id, path);
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
	oom_begin(&m->oom, pid);
	m->oom.baseline = oom_baseline;
	return 0;
}
