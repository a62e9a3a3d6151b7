/* Command lines of the OCI runtime, and running one. */
#include <errno.h>
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

int runtime_spawn(struct monitor *m, const char **arguments, int in, int out, int err, int extra, unsigned mark, struct child *child)
{
	const struct spawn what = {
		.path = m->config->runtime, .arguments = (char *const *)(uintptr_t)arguments, .environment = environ, .directory = m->config->bundle,
		.in = in, .out = out, .err = err, .extra = extra, .mark = mark,
		/* Containers and execs must not inherit our own protection from the OOM killer. */
		.oom_score = m->own_oom_score,
	};
	return spawn(&what, child);
}
