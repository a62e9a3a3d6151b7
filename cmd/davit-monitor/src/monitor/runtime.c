/* Calls of the OCI runtime: their command lines, what they are given for streams, and what they say when they fail. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "monitor.h"

extern char **environ;

/* "RUNTIME [ITS ARGUMENTS] VERB [OPTIONS] [MORE] ID" */
static void command_line(const struct config *config, const struct runtime_call *call, const char **words)
{
	unsigned count = 0;
	words[count++] = config->runtime;
	for (unsigned i = 0; i < config->runtime_arguments.count; i++)
		words[count++] = config->runtime_arguments.items[i];
	words[count++] = call->verb;
	for (unsigned i = 0; i < RUNTIME_OPTIONS_MAX && call->options[i] != NULL; i++)
		words[count++] = call->options[i];
	for (unsigned i = 0; i < call->more_count; i++)
		words[count++] = call->more[i];
	words[count++] = config->id;
	words[count] = NULL;
}

static int or_null(int fd)
{
	return fd >= 0 ? fd : NULL_FILENO;
}

int runtime_spawn(struct monitor *m, const struct runtime_call *call, struct child *child)
{
	const struct exec *exec = call->exec;
	const struct plumbing *p = call->streams;
	const char *words[2 * LIST_MAX + RUNTIME_OPTIONS_MAX + 4];
	/* Containers and execs must not inherit our own protection from the OOM killer. runc gives an exec its container's score, crun what it has. */
	char path[64], score[16];
	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)m->container.pid);
	if (exec == NULL || read_file(path, score, sizeof score) < 0)
		memcpy(score, m->own_oom_score, sizeof score);
	command_line(m->config, call, words);
	const struct spawn what = {
		.path = m->config->runtime, .arguments = (char *const *)(uintptr_t)words, .environment = environ, .directory = m->config->bundle,
		.in = or_null(p->in[0]), .out = or_null(p->out[1] >= 0 ? p->out[1] : p->err[1]), .err = or_null(p->err[1]),
		.extra = exec != NULL ? exec->spec : -1, .mark = exec != NULL ? exec->mark : 0, .oom_score = score,
	};
	return spawn(&what, child);
}

int runtime_failure(struct monitor *m, int code, int err, struct error *error)
{
	char *words = m->buffers->scratch;
	ssize_t size = err < 0 ? 0 : read(err, words, sizeof error->text - 64);
	while (size > 0 && words[size - 1] == '\n')
		size--;
	(void)fail(error, 0, "exit code %d: %.*s", code, size > 0 ? (int)size : 0, words);
	return -ECHILD;
}

void runtime_delete(struct monitor *m)
{
	const struct plumbing none = NO_PLUMBING;
	struct child child;
	if (runtime_spawn(m, &(struct runtime_call){.verb = "delete", .options = {"--force"}, .streams = &none}, &child) < 0)
		return;
	(void)wait_readable(child.pidfd, DELETE_MS);
	child_kill(&child, KILL_WAIT_MS);
	child_forget(&child);
}
