#include "oom.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROC_FILE_MAX = 8 * 1024 };

/* Whether `word` is one of the comma-separated words of `list`. */
static bool has_word(const char *list, const char *word)
{
	size_t size = strlen(word);
	for (const char *at = list; at != NULL; at = strchr(at, ','), at = at ? at + 1 : NULL)
		if (strncmp(at, word, size) == 0 && (at[size] == ',' || at[size] == '\0'))
			return true;
	return false;
}

/* The path of `pid` in the memory hierarchy, from lines "ID:CONTROLLERS:PATH"; v2 ("0::PATH") where no v1 hierarchy has memory. */
static const char *memory_path(char *lines, bool *v2)
{
	const char *unified = NULL;
	char *rest = lines;
	for (char *line; (line = strtok_r(rest, "\n", &rest)) != NULL;) {
		char *controllers = strchr(line, ':');
		char *path = controllers != NULL ? strchr(controllers + 1, ':') : NULL;
		if (path == NULL)
			continue;
		*path++ = '\0';
		if (has_word(controllers + 1, "memory")) {
			*v2 = false;
			return path;
		}
		if (controllers[1] == '\0')
			unified = path;
	}
	*v2 = true;
	return unified;
}

/* One line of mountinfo: "id parent dev ROOT POINT options ... - TYPE source SUPER". */
static bool parse_mount(char *line, bool v2, char *root, char *point, size_t size)
{
	char *fields[6], *rest = line, *super[3];
	char *tail = strstr(line, " - ");
	if (tail == NULL)
		return false;
	*tail = '\0';
	tail += 3;
	for (int i = 0; i < 5; i++)
		if ((fields[i] = strtok_r(rest, " ", &rest)) == NULL)
			return false;
	for (int i = 0; i < 3; i++)
		if ((super[i] = strtok_r(tail, " ", &tail)) == NULL)
			return false;
	if (strcmp(super[0], v2 ? "cgroup2" : "cgroup") != 0 || (!v2 && !has_word(super[2], "memory")))
		return false;
	return format_path(root, size, "%s", fields[3]) == 0 && format_path(point, size, "%s", fields[4]) == 0;
}

/* Mount point of the hierarchy, and which of its directories is mounted there. Read in pieces: a node has thousands of mounts. */
static bool find_mount(bool v2, char *root, char *point, size_t size)
{
	char text[4096];
	size_t have = 0;
	cleanup_fd int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	for (ssize_t n; (n = read(fd, text + have, sizeof text - 1 - have)) > 0;) {
		char *line = text, *newline;
		have += (size_t)n;
		for (text[have] = '\0'; (newline = strchr(line, '\n')) != NULL; line = newline + 1) {
			*newline = '\0';
			if (parse_mount(line, v2, root, point, size))
				return true;
		}
		have -= (size_t)(line - text);
		memmove(text, line, have);
		/* A line longer than the buffer is no cgroup's. */
		if (have == sizeof text - 1)
			have = 0;
	}
	return false;
}

static int64_t read_counter(const char *file)
{
	char text[PROC_FILE_MAX];
	if (file[0] == '\0' || read_file(file, text, sizeof text) < 0)
		return -1;
	/* The key stands at the start of a line: "oom_kill N", not "oom_kill_disable N" or "oom_group_kill N". */
	for (const char *at = text; at != NULL; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
		if (strncmp(at, "oom_kill ", 9) == 0)
			return strtoll(at + 9, NULL, 10);
	return -1;
}

void cgroup_mount_find(struct cgroup_mount *mount)
{
	char lines[PROC_FILE_MAX];
	mount->found = read_file("/proc/self/cgroup", lines, sizeof lines) >= 0 && memory_path(lines, &mount->v2) != NULL
		&& find_mount(mount->v2, mount->root, mount->point, sizeof mount->root);
}

void oom_begin(struct oom *oom, const struct cgroup_mount *mount, pid_t pid)
{
	char file[64], lines[PROC_FILE_MAX];
	bool v2;
	oom->file[0] = '\0';
	snprintf(file, sizeof file, "/proc/%d/cgroup", (int)pid);
	if (read_file(file, lines, sizeof lines) < 0)
		return;
	const char *path = memory_path(lines, &v2);
	if (path == NULL || !mount->found || mount->v2 != v2)
		return;
	/* Inside a cgroup namespace the mount shows a subtree, whose name the path repeats. */
	size_t prefix = strcmp(mount->root, "/") == 0 ? 0 : strlen(mount->root);
	if (strncmp(path, mount->root, prefix) != 0)
		return;
	if (format_path(oom->file, sizeof oom->file, "%s%s/%s", mount->point, path + prefix, v2 ? "memory.events" : "memory.oom_control") < 0)
		oom->file[0] = '\0';
	oom->baseline = read_counter(oom->file);
}

/* Whether the kernel's log has a victim in a cgroup whose path names `id`: "oom-kill:constraint=…,task_memcg=PATH,task=…". */
static bool kernel_log_names(const char *id)
{
	char record[PROC_FILE_MAX];
	cleanup_fd int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	for (;;) {
		ssize_t size = read(fd, record, sizeof record - 1);
		/* EPIPE: what came next has been overwritten meanwhile. */
		if (size < 0 && (errno == EPIPE || errno == EINTR))
			continue;
		if (size <= 0)
			return false;
		record[size] = '\0';
		const char *path = strstr(record, "task_memcg=");
		const char *named = path != NULL ? strstr(path, id) : NULL;
		if (named != NULL && named < path + strcspn(path, ","))
			return true;
	}
}

bool oom_killed(const struct oom *oom, const char *id)
{
	int64_t count = read_counter(oom->file);
	if (oom->baseline < 0)
		return false;
	/* systemd removes a scope, and the counters with it, as soon as it is empty: it may be faster than we. */
	return count < 0 ? kernel_log_names(id) : count > oom->baseline;
}
