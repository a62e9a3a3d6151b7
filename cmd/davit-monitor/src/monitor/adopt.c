/*
 * Going on where a monitor that was killed has stopped. While it lives it keeps in its run directory what it was asked to do and which
 * process the container is. A container's pipes are open for reading in the container itself (create.c), so that they outlast the monitor
 * and can be opened anew there. A terminal outlasts it where the daemon has its master too, and is taken from there; else it has gone with
 * the only process that had that, and its container was hung up.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "system/directory.h"
#include "monitor.h"
#include "system/process.h"

enum { KEPT_MODE = 0600, FACTS_MAX = 256 };

/* In place of what was there, whole or not at all. */
static int replace_kept(const struct monitor *m, const char *text, size_t size, struct error *error)
{
	const struct run_path path = run_path(m, "container"), draft = run_path(m, "container.new");
	cleanup_fd int fd = open(draft.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, KEPT_MODE);
	int result = fd < 0 ? -errno : write_all(fd, text, size);
	if (result == 0 && rename(draft.text, path.text) < 0)
		result = -errno;
	if (result < 0) {
		unlink(draft.text);
		return fail(error, -result, "keep \"%s\"", path.text);
	}
	return 0;
}

static unsigned long long inode_of(int fd)
{
	struct stat st;
	return fd >= 0 && fstat(fd, &st) == 0 ? (unsigned long long)st.st_ino : 0;
}

/* Of the two streams, or of the terminal; zeros: there is none. */
static void stream_names(const struct monitor *m, unsigned long long names[2])
{
	names[0] = names[1] = 0;
	if (m->config->terminal) {
		(void)console_name(m->streams[0].fd, names);
		return;
	}
	for (unsigned i = 0; i < 2; i++)
		names[i] = inode_of(m->streams[i].fd);
}

int keep_container(struct monitor *m, struct error *error)
{
	char *text = m->buffers->scratch;
	unsigned long long names[2];
	struct process process = {0};
	(void)process_read(m->container.pid, &process);
	stream_names(m, names);
	size_t have = 1 + (size_t)snprintf(text, FACTS_MAX, "%d %llu %lld %lld %llu %llu", (int)m->container.pid, (unsigned long long)process.start, (long long)m->record.started_ns,
	                                   (long long)m->oom->baseline, names[0], names[1]);
	for (char **word = m->arguments; *word != NULL; word++) {
		size_t size = strlen(*word) + 1;
		if (size > sizeof m->buffers->scratch - have)
			return fail(error, E2BIG, "keep the arguments of \"%s\"", m->config->id);
		memcpy(text + have, *word, size);
		have += size;
	}
	return replace_kept(m, text, have, error);
}

int kept_arguments(const char *directory, char *text, size_t size, char **arguments, struct error *error)
{
	char path[PATH_MAX];
	unsigned count = 0;
	ssize_t length = format_path(path, sizeof path, "%s/container", directory) < 0 ? -ENAMETOOLONG : read_file(path, text, size);
	if (length <= 0 || text[length - 1] != '\0')
		return fail(error, length < 0 ? (int)-length : ENODATA, "adopt: no container was created in \"%s\"", directory);
	for (char *word = text + strlen(text) + 1; word < text + length && count < ARGUMENTS_MAX; word += strlen(word) + 1)
		arguments[count++] = word;
	arguments[count] = NULL;
	return 0;
}

/* A new reader of the pipe with that inode, which the container's process has open somewhere; -1 when it has not. */
static int reopen_pipe(pid_t pid, unsigned long long inode)
{
	char path[PATH_MAX];
	struct stat st;
	struct directory descriptors;
	int found = -1;
	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	if (inode == 0 || directory_open(&descriptors, path) < 0)
		return -1;
	for (const char *name; found < 0 && (name = directory_next(&descriptors)) != NULL;)
		if (format_path(path, sizeof path, "/proc/%d/fd/%s", (int)pid, name) == 0 && stat(path, &st) == 0 && S_ISFIFO(st.st_mode) && st.st_ino == inode)
			found = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	close_fd(&descriptors.fd);
	return found;
}

/* Whoever was said to have the terminal has it, or it has gone. */
static void take_terminal(struct monitor *m, const unsigned long long wanted[2])
{
	unsigned long long name[2];
	cleanup_fd int master = m->terminal_holder == 0 ? -1 : console_take(m->terminal_holder, m->terminal_fd);
	if (!console_name(master, name) || name[0] != wanted[0] || name[1] != wanted[1])
		return;
	m->stdin_fd = m->config->with_stdin ? fcntl(master, F_DUPFD_CLOEXEC, 3) : -1;
	m->streams[0].fd = steal_fd(&master);
}

int adopt_container(struct monitor *m, struct error *error)
{
	int pid;
	unsigned long long start, names[2];
	long long started_ns, oom_baseline;
	struct process process;
	char facts[FACTS_MAX];
	if (read_file(run_path(m, "container").text, facts, sizeof facts) < 0
	    || sscanf(facts, "%d %llu %lld %lld %llu %llu", &pid, &start, &started_ns, &oom_baseline, &names[0], &names[1]) != 6)
		return fail(error, EPROTO, "adopt \"%s\": what is kept in \"%s\"", m->config->id, m->directory);
	/* The descriptor first: what it names cannot change any more. */
	int result = adopt(pid, &m->container);
	if (result < 0 || !process_read(pid, &process) || process.start != start) {
		child_forget(&m->container);
		return fail(error, ESRCH, "adopt \"%s\": process %d", m->config->id, pid);
	}
	if (m->config->terminal)
		take_terminal(m, names);
	for (unsigned i = 0; i < 2 && !m->config->terminal; i++)
		m->streams[i].fd = reopen_pipe(pid, names[i]);
	m->record.started_ns = started_ns;
	m->state = started_ns != 0 ? STATE_RUNNING : STATE_CREATED;
	oom_begin(m->oom, &m->buffers->cgroup_mount, pid);
	m->oom->baseline = oom_baseline;
	return 0;
}
