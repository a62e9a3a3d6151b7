/* Whether the kernel's OOM killer took a process of the container's cgroup, by its own counter (cgroup v1 and v2). */
#pragma once
#include "system/io.h"

/* Where the hierarchy with the memory controller is mounted, and which of its directories is. */
struct cgroup_mount {
	bool found, v2;
	char root[512], point[512];
};

struct oom {
	char file[1024];           /* "" when the counter could not be found */
	int64_t baseline;
};

void cgroup_mount_find(struct cgroup_mount *mount);
/* Finds the counter of `pid`'s memory cgroup and remembers where it stands; before the container is started. */
void oom_begin(struct oom *oom, const struct cgroup_mount *mount, pid_t pid);
/* Whether a process was killed since then. Where the cgroup has gone already, the kernel's log decides: its path there holds the container's `id`. */
bool oom_killed(const struct oom *oom, const char *id);
