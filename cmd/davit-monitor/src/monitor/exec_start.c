/* An exec's request, put together from its frames, up to the runtime that starts it. What follows is in exec.c. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include "monitor.h"

enum { EXEC_TERMINAL = 1, EXEC_STDIN = 2, EXEC_OFFER = 8 };

static void refuse(struct monitor *m, struct client *client, enum error_code code, const char *text)
{
	client_error(m, client, client->exec.id, code, "exec: %s", text);
	exec_release(&client->exec);
	client->closing = true;
}

static bool parse_request(struct exec *exec, const struct frame *frame)
{
	struct reader reader = read_payload(frame);
	exec->timeout_ms = (uint32_t)read_number(&reader, 4);
	exec->limit = read_number(&reader, 8);
	unsigned flags = (unsigned)read_number(&reader, 1);
	exec->terminal = flags & EXEC_TERMINAL;
	exec->with_stdin = flags & EXEC_STDIN;
	exec->offering = (flags & EXEC_OFFER) && !exec->terminal;
	exec->extra_count = (unsigned)read_number(&reader, 1);
	if (reader.bad || exec->extra_count > EXEC_EXTRA_MAX)
		return false;
	size_t at = 0;
	for (unsigned i = 0; i < exec->extra_count; i++) {
		const char *text = read_string(&reader);
		size_t size = text != NULL ? strlen(text) + 1 : 0;
		if (text == NULL || size > sizeof exec->extra_text - at)
			return false;
		exec->extra[i] = memcpy(exec->extra_text + at, text, size);
		at += size;
	}
	return reader.left == 0;
}

void exec_begin(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct exec *exec = &client->exec;
	if (client->role != ROLE_CONTROL) {
		client_error(m, client, frame->id, ERROR_INVALID, "exec: the connection is in use, open another");
		return;
	}
	bool full = sessions_full(m);
	client->role = ROLE_EXEC;
	*exec = (struct exec){.id = frame->id, .spec = -1, .in = -1, .out.fd = -1, .err.fd = -1, .console = -1, .runtime.pidfd = -1, .process.pidfd = -1};
	if (m->state != STATE_RUNNING || m->container.exited || m->leaving)
		refuse(m, client, ERROR_PRECONDITION, "the container is not running");
	else if (full)
		refuse(m, client, ERROR_EXHAUSTED, "too many sessions in this container");
	else if (!parse_request(exec, frame))
		refuse(m, client, ERROR_INVALID, "the request cannot be read");
	else if ((exec->spec = memfd_create("process.json", MFD_CLOEXEC)) < 0)
		refuse(m, client, ERROR_INTERNAL, strerror(errno));
	else
		client_enlarge(client);
}

void exec_spec(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct exec *exec = &client->exec;
	if (client->role != ROLE_EXEC || exec->stage != EXEC_SPEC) {
		client_error(m, client, frame->id, ERROR_INVALID, "exec: a process object without an exec");
		return;
	}
	if (lseek(exec->spec, 0, SEEK_CUR) + (off_t)frame->length > EXEC_SPEC_MAX) {
		refuse(m, client, ERROR_INVALID, "the process object is too big");
		return;
	}
	int result = write_all(exec->spec, frame->payload, frame->length);
	if (result < 0)
		refuse(m, client, ERROR_INTERNAL, strerror(-result));
}

struct run_path exec_path(const struct monitor *m, const struct client *client, const char *name)
{
	char numbered[16];
	snprintf(numbered, sizeof numbered, "%s%d", name, (int)(client - m->clients));
	return run_path(m, numbered);
}

/* Gives the runtime its ends and keeps ours. */
static int launch(struct monitor *m, struct client *client)
{
	__attribute__((cleanup(close_plumbing))) struct plumbing p = NO_PLUMBING;
	struct exec *exec = &client->exec;
	const struct run_path pid = exec_path(m, client, "pid"), console = exec_path(m, client, "tty");
	const struct runtime_call call = {
		.verb = "exec", .options = {"--process", "/proc/self/fd/3", "--pid-file", pid.text, "--detach", exec->terminal ? "--console-socket" : NULL, console.text},
		.more = exec->extra, .more_count = exec->extra_count, .streams = &p, .exec = exec,
	};
	struct process runtime;
	unlink(pid.text);
	lseek(exec->spec, 0, SEEK_SET);
	/* Two execs of one pod may have the same one by chance: then a timeout of the one kills what the other has left behind since. */
	exec->mark = 1 + ((unsigned)getpid() * 31 + (unsigned)m->execs_total) % MARK_MAX;
	int result = open_plumbing(&p, exec->terminal, exec->with_stdin, console.text);
	if (result < 0 || (result = runtime_spawn(m, &call, &exec->runtime)) < 0)
		return result;
	exec->since = process_read(exec->runtime.pid, &runtime) ? runtime.start : 0;
	exec->in = steal_fd(&p.in[1]);
	exec->out.fd = steal_fd(&p.out[0]);
	exec->err.fd = steal_fd(&p.err[0]);
	exec->console = steal_fd(&p.console);
	close_fd(&exec->spec);
	if (exec->offering) {
		(void)grow_pipe(exec->in, EXEC_PIPE_SIZE);
		(void)grow_pipe(exec->out.fd, EXEC_PIPE_SIZE);
	}
	return 0;
}

void exec_run(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct exec *exec = &client->exec;
	if (client->role != ROLE_EXEC || exec->stage != EXEC_SPEC) {
		client_error(m, client, frame->id, ERROR_INVALID, "exec: nothing to run");
		return;
	}
	int result = launch(m, client);
	if (result < 0) {
		refuse(m, client, ERROR_INTERNAL, strerror(-result));
		return;
	}
	exec->stage = EXEC_LAUNCHING;
	exec->deadline_ms = exec->timeout_ms == 0 ? 0 : m->now + exec->timeout_ms;
	exec->stage_deadline_ms = m->now + EXEC_LAUNCH_MS;
	m->launching++;
	m->execs_total++;
}
