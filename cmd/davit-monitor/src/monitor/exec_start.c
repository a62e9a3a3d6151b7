/* An exec's request, put together from its frames, up to the runtime that starts it. What follows is in exec.c. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include "monitor.h"

enum { EXEC_TERMINAL = 1, EXEC_STDIN = 2, EXEC_LARGE = 4, EXEC_OFFER = 8 };

static void refuse(struct monitor *m, struct client *client, enum error_code code, const char *text)
{
	client_error(m, client, client->exec.id, code, "exec: %s", text);
	exec_release(&client->exec);
	client->closing = true;
}

static bool parse_request(struct exec *exec, const struct frame *frame, bool *large)
{
	struct reader reader = {.at = frame->payload, .left = frame->length};
	exec->timeout_ms = (uint32_t)read_number(&reader, 4);
	exec->limit = read_number(&reader, 8);
	unsigned flags = (unsigned)read_number(&reader, 1);
	exec->terminal = flags & EXEC_TERMINAL;
	exec->with_stdin = flags & EXEC_STDIN;
	*large = flags & EXEC_LARGE;
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
	unsigned live = sessions_live(m);
	bool large = false;
	client->role = ROLE_EXEC;
	*exec = (struct exec){.id = frame->id, .spec = -1, .in = -1, .out.fd = -1, .err.fd = -1, .console = -1, .runtime.pidfd = -1, .process.pidfd = -1};
	if (m->state != STATE_RUNNING || m->container.exited || m->leaving)
		refuse(m, client, ERROR_PRECONDITION, "the container is not running");
	else if (live >= SESSIONS_MAX)
		refuse(m, client, ERROR_EXHAUSTED, "too many sessions in this container");
	else if (!parse_request(exec, frame, &large))
		refuse(m, client, ERROR_INVALID, "the request cannot be read");
	else if ((exec->spec = memfd_create("process.json", MFD_CLOEXEC)) < 0)
		refuse(m, client, ERROR_INTERNAL, strerror(errno));
	else
		client_enlarge(client, large);
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

int exec_path(const struct monitor *m, const struct client *client, const char *name, char *path)
{
	return format_path(path, PATH_MAX, "%s/%s%d", m->directory, name, (int)(client - m->clients));
}

/* Gives the runtime its ends and keeps ours. */
static int launch(struct monitor *m, struct client *client, char *pid_path, char *console_path)
{
	struct exec *exec = &client->exec;
	const char *arguments[ARGUMENTS_MAX];
	int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
	unsigned count = runtime_arguments(m, arguments, "exec");
	const char *fixed[] = {"--process", "/proc/self/fd/3", "--pid-file", pid_path, "--detach", exec->terminal ? "--console-socket" : NULL, console_path};
	for (unsigned i = 0; i < 7 && fixed[i] != NULL; i++)
		arguments[count++] = fixed[i];
	for (unsigned i = 0; i < exec->extra_count; i++)
		arguments[count++] = exec->extra[i];
	arguments[count++] = m->config->id;
	arguments[count] = NULL;
	int result = open_pipe(err, 0);
	if (result == 0 && exec->terminal)
		result = exec->console = console_listen(console_path);
	else if (result == 0)
		result = open_pipe(out, 0);
	if (result >= 0 && exec->with_stdin && !exec->terminal)
		result = open_pipe(in, 1);
	/* Two execs of one pod may have the same one by chance: then a timeout of the one kills what the other has left behind since. */
	exec->mark = 1 + ((unsigned)getpid() * 31 + (unsigned)m->execs_total) % MARK_MAX;
	if (result >= 0)
		result = runtime_spawn(m, arguments, in[0] >= 0 ? in[0] : 0, exec->terminal ? err[1] : out[1], err[1], exec, &exec->runtime);
	struct process process;
	exec->since = result >= 0 && process_read(exec->runtime.pid, &process) ? process.start : 0;
	close_fd(&in[0]);
	close_fd(&out[1]);
	close_fd(&err[1]);
	exec->in = in[1];
	exec->out.fd = out[0];
	exec->err.fd = err[0];
	close_fd(&exec->spec);
	if (exec->offering)
		for (unsigned i = 0; i < 2; i++)
			(void)fcntl(i == 0 ? exec->in : exec->out.fd, F_SETPIPE_SZ, EXEC_PIPE_SIZE);
	return result;
}

void exec_run(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct exec *exec = &client->exec;
	char pid_path[PATH_MAX], console_path[PATH_MAX];
	if (client->role != ROLE_EXEC || exec->stage != EXEC_SPEC) {
		client_error(m, client, frame->id, ERROR_INVALID, "exec: nothing to run");
		return;
	}
	if (exec_path(m, client, "pid", pid_path) < 0 || exec_path(m, client, "tty", console_path) < 0) {
		refuse(m, client, ERROR_INTERNAL, strerror(ENAMETOOLONG));
		return;
	}
	unlink(pid_path);
	lseek(exec->spec, 0, SEEK_SET);
	int result = launch(m, client, pid_path, console_path);
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
