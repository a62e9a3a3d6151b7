#include "oom.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROC_FILE_MAX = 16 * 1024 };

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

/* Mount point of the hierarchy, and which of its directories is mounted there. Lines of mountinfo: "id parent dev ROOT POINT options ... - TYPE source SUPER". */
static bool find_mount(bool v2, char *root, char *point, size_t size)
{
	FILE *file = fopen("/proc/self/mountinfo", "re");
	char line[4096], type[32], super[1024], format[96];
	bool found = false;
	if (file == NULL)
		return false;
	snprintf(format, sizeof format, "%%*s %%*s %%*s %%%zus %%%zus", size - 1, size - 1);
	while (!found && fgets(line, sizeof line, file) != NULL) {
		const char *tail = strstr(line, " - ");
		if (tail == NULL || sscanf(tail, " - %31s %*s %1023s", type, super) != 2)
			continue;
		if (strcmp(type, v2 ? "cgroup2" : "cgroup") != 0 || (!v2 && !has_word(super, "memory")))
			continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		found = sscanf(line, format, root, point) == 2;
#pragma GCC diagnostic pop
	}
	fclose(file);
	return found;
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

void oom_begin(struct oom *oom, pid_t pid)
{
	char file[64], lines[PROC_FILE_MAX], root[512], point[512];
	bool v2;
	oom->file[0] = '\0';
	snprintf(file, sizeof file, "/proc/%d/cgroup", (int)pid);
	if (read_file(file, lines, sizeof lines) < 0)
		return;
	const char *path = memory_path(lines, &v2);
	if (path == NULL || !find_mount(v2, root, point, sizeof root))
		return;
	/* Inside a cgroup namespace the mount shows a subtree, whose name the path repeats. */
	size_t prefix = strcmp(root, "/") == 0 ? 0 : strlen(root);
	if (strncmp(path, root, prefix) != 0)
		return;
	if (format_path(oom->file, sizeof oom->file, "%s%s/%s", point, path + prefix, v2 ? "memory.events" : "memory.oom_control") < 0)
		oom->file[0] = '\0';
	oom->baseline = read_counter(oom->file);
}

int64_t oom_kills(const struct oom *oom)
{
	int64_t count = read_counter(oom->file);
	return count < 0 || oom->baseline < 0 ? 0 : count - oom->baseline;
}
