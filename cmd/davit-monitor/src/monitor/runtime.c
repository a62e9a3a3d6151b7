/* Command lines of the OCI runtime, and running one. */
#include <stdio.h>
#include <string.h>
#include "monitor.h"

extern char **environ;

unsigned runtime_arguments(const struct monitor *m, const char **arguments, const char *verb)
{
	unsigned count = 0;
	arguments[count++] = m->config->runtime;
	for (unsigned i = 0; i < m->config->runtime_arguments.count; i++)
		arguments[count++] = m->config->runtime_arguments.items[i];
	arguments[count++] = verb;
	return count;
}

int runtime_spawn(struct monitor *m, const char **arguments, int in, int out, int err, const struct exec *exec, struct child *child)
{
	/* Containers and execs must not inherit our own protection from the OOM killer. runc gives an exec its container's score, crun what it has. */
	char path[64], score[16];
	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)m->container.pid);
	if (exec == NULL || read_file(path, score, sizeof score) < 0)
		memcpy(score, m->own_oom_score, sizeof score);
	const struct spawn what = {
		.path = m->config->runtime, .arguments = (char *const *)(uintptr_t)arguments, .environment = environ, .directory = m->config->bundle,
		.in = in, .out = out, .err = err, .extra = exec != NULL ? exec->spec : -1, .mark = exec != NULL ? exec->mark : 0, .oom_score = score,
	};
	return spawn(&what, child);
}
