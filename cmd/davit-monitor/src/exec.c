/*
 * One exec, on a connection of its own:
 *
 *   SPEC --run--> LAUNCHING --runtime ended--> RUNNING --process ended--> DRAINING --output ended--> DONE
 *                     \--too long--> KILLING <--too long, client gone--/         (KILLING --> DRAINING)
 *
 * Output is read only while the connection takes it, so a slow client holds back nothing but its own exec.
 */
#include <errno.h>
#include <stdio.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include "monitor.h"

enum { EXEC_TERMINAL = 1, EXEC_STDIN = 2 };

unsigned execs_live(const struct monitor *m)
{
	unsigned live = 0;
	for (unsigned i = 0; i < CLIENTS_MAX; i++)
		live += m->clients[i].used && m->clients[i].role == ROLE_EXEC;
	return live;
}

unsigned sessions_live(const struct monitor *m)
{
	unsigned live = 0;
	for (unsigned i = 0; i < CLIENTS_MAX; i++)
		live += m->clients[i].used && m->clients[i].role != ROLE_CONTROL;
	return live;
}

static void release(struct exec *exec)
{
	close_fd(&exec->spec);
	close_fd(&exec->in);
	close_fd(&exec->out);
	close_fd(&exec->err);
	close_fd(&exec->console);
	child_forget(&exec->runtime);
	child_forget(&exec->process);
	exec->stage = EXEC_DONE;
}

static void refuse(struct monitor *m, struct client *client, enum error_code code, const char *text)
{
	client_error(m, client, client->exec.id, code, "exec: %s", text);
	release(&client->exec);
	client->closing = true;
}

static bool parse_request(struct exec *exec, const struct frame *frame)
{
	struct reader reader = {.at = frame->payload, .left = frame->length};
	exec->timeout_ms = (uint32_t)read_number(&reader, 4);
	exec->limit = read_number(&reader, 8);
	unsigned flags = (unsigned)read_number(&reader, 1);
	exec->terminal = flags & EXEC_TERMINAL;
	exec->with_stdin = flags & EXEC_STDIN;
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
	client->role = ROLE_EXEC;
	*exec = (struct exec){.id = frame->id, .spec = -1, .in = -1, .out = -1, .err = -1, .console = -1, .runtime.pidfd = -1, .process.pidfd = -1};
	if (m->state != STATE_RUNNING || m->container.exited || m->leaving)
		refuse(m, client, ERROR_PRECONDITION, "the container is not running");
	else if (live >= SESSIONS_MAX)
		refuse(m, client, ERROR_EXHAUSTED, "too many sessions in this container");
	else if (!parse_request(exec, frame))
		refuse(m, client, ERROR_INVALID, "the request cannot be read");
	else if ((exec->spec = memfd_create("process.json", MFD_CLOEXEC)) < 0)
		refuse(m, client, ERROR_INTERNAL, strerror(errno));
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

static int exec_path(const struct monitor *m, const struct client *client, const char *name, char *path)
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
	arguments[count++] = m->config.id;
	arguments[count] = NULL;
	int result = open_pipe(err, 0);
	if (result == 0 && exec->terminal)
		result = exec->console = console_listen(console_path);
	else if (result == 0)
		result = open_pipe(out, 0);
	if (result >= 0 && exec->with_stdin && !exec->terminal)
		result = open_pipe(in, 1);
	if (result >= 0)
		result = runtime_spawn(m, arguments, in[0] >= 0 ? in[0] : 0, exec->terminal ? err[1] : out[1], err[1], exec->spec, &exec->runtime);
	close_fd(&in[0]);
	close_fd(&out[1]);
	close_fd(&err[1]);
	exec->in = in[1];
	exec->out = out[0];
	exec->err = err[0];
	close_fd(&exec->spec);
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

static void take_console(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	char path[PATH_MAX];
	int master = console_accept(exec->console);
	close_fd(&exec->console);
	if (exec_path(m, client, "tty", path) == 0)
		unlink(path);
	if (master < 0)
		return;
	exec->out = master;
	exec->in = exec->with_stdin ? fcntl(master, F_DUPFD_CLOEXEC, 3) : -1;
	if (exec->rows != 0)
		(void)console_resize(master, exec->rows, exec->columns);
	on_stdin_room(m, client, 0);
}

static void on_exec(struct monitor *m, void *what, short events)
{
	struct client *client = what;
	(void)events;
	if (!client->used || client->role != ROLE_EXEC)
		return;
	struct exec *exec = &client->exec;
	if (exec->console >= 0 && wait_readable(exec->console, 0) > 0)
		take_console(m, client);
	if (exec->runtime.pid > 0)
		(void)child_ended(&exec->runtime);
	if (exec->process.pid > 0)
		(void)child_ended(&exec->process);
}

/* One read into the connection's own buffer, behind room for the header; false when there was nothing. */
static bool forward(struct monitor *m, struct client *client, int *fd, uint64_t *taken, enum frame_type type)
{
	struct exec *exec = &client->exec;
	uint8_t *out = client_out(m, client);
	bool drop = *taken >= exec->limit || client->fd < 0;
	uint64_t room = exec->limit - *taken;
	size_t size = !drop && room < FRAME_PAYLOAD_MAX ? (size_t)room : FRAME_PAYLOAD_MAX;
	ssize_t n = read(*fd, drop ? (void *)m->buffers.scratch : out + FRAME_HEADER, size);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		close_fd(fd);
		return false;
	}
	*taken += (uint64_t)n;
	if (drop)
		return true;
	frame_header(out, type, exec->id, (uint32_t)n);
	client->out_at = 0;
	client->out_have = FRAME_HEADER + (size_t)n;
	client_flush(m, client);
	return true;
}

static bool stdout_open(const struct client *client) { return client->exec.out >= 0 && client->out_have == 0; }
static bool stderr_open(const struct client *client) { return client->exec.err >= 0 && client->out_have == 0; }

static void on_stdout(struct monitor *m, void *what, short events)
{
	struct client *client = what;
	(void)events;
	for (int turn = 0; turn < READS_A_TURN && client->used && client->role == ROLE_EXEC && stdout_open(client); turn++)
		if (!forward(m, client, &client->exec.out, &client->exec.out_bytes, FRAME_STDOUT))
			break;
}

static void on_stderr(struct monitor *m, void *what, short events)
{
	struct client *client = what;
	(void)events;
	for (int turn = 0; turn < READS_A_TURN && client->used && client->role == ROLE_EXEC && stderr_open(client); turn++)
		if (!forward(m, client, &client->exec.err, &client->exec.err_bytes, FRAME_STDERR))
			break;
}

/* Output belongs to the process only once the runtime has ended well: until then stderr holds the runtime's own words. */
static bool output_flows(const struct exec *exec)
{
	return exec->stage == EXEC_RUNNING || exec->stage == EXEC_KILLING || exec->stage == EXEC_DRAINING;
}

void exec_watch(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	if (child_running(&exec->runtime))
		watch(m, exec->runtime.pidfd, POLLIN, on_exec, client);
	if (child_running(&exec->process))
		watch(m, exec->process.pidfd, POLLIN, on_exec, client);
	watch(m, exec->console, POLLIN, on_exec, client);
	if (output_flows(exec) && stdout_open(client))
		watch(m, exec->out, POLLIN, on_stdout, client);
	if (output_flows(exec) && stderr_open(client))
		watch(m, exec->err, POLLIN, on_stderr, client);
	if (client->stdin_blocked)
		watch(m, exec->in, POLLOUT, on_stdin_room, client);
}

int64_t exec_deadline(const struct monitor *m, const struct client *client)
{
	const struct exec *exec = &client->exec;
	switch (exec->stage) {
	case EXEC_LAUNCHING:
		return earlier(exec->deadline_ms, exec->stage_deadline_ms);
	case EXEC_RUNNING:
		return exec->deadline_ms;
	case EXEC_KILLING:
		return m->now + KILL_TICK_MS;
	case EXEC_DRAINING:
		/* Past it the output that was left waits for the client alone. */
		return m->now < exec->stage_deadline_ms ? exec->stage_deadline_ms : 0;
	case EXEC_SPEC:
	case EXEC_DONE:
		return 0;
	}
	return 0;
}

static void begin_killing(struct monitor *m, struct exec *exec)
{
	pid_t spare = m->container.exited ? 0 : m->container.pid;
	tree_kill(&exec->killing, child_running(&exec->process) ? exec->process.pid : exec->runtime.pid, spare);
	exec->stage = EXEC_KILLING;
	exec->stage_deadline_ms = m->now + KILL_WAIT_MS;
}

static void begin_draining(struct monitor *m, struct exec *exec)
{
	int left = 0;
	exec->stage = EXEC_DRAINING;
	exec->stage_deadline_ms = m->now + EXEC_DRAIN_MS;
	/* What is in the pipes now was written before the end: that much is delivered however slow the client is. */
	exec->out_owed = exec->out >= 0 && ioctl(exec->out, FIONREAD, &left) == 0 ? exec->out_bytes + (uint64_t)left : 0;
	exec->err_owed = exec->err >= 0 && ioctl(exec->err, FIONREAD, &left) == 0 ? exec->err_bytes + (uint64_t)left : 0;
	close_fd(&exec->in);
}

/* The runtime has ended: there is a process, or words about why not. */
static void launched(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	char path[PATH_MAX], words[2048];
	int adopted = exec_path(m, client, "pid", path) < 0 ? -ENAMETOOLONG : adopt_from_file(path, &exec->process);
	unlink(path);
	m->launching--;
	if (exec->console >= 0 && wait_readable(exec->console, 0) > 0)
		take_console(m, client);
	if (exec->aborted || (exec->runtime.code != 0 && adopted >= 0)) {
		begin_killing(m, exec);
		return;
	}
	if (exec->runtime.code != 0 || adopted < 0 || exec->out < 0) {
		ssize_t n = exec->err < 0 ? 0 : read(exec->err, words, sizeof words);
		if (adopted >= 0)
			child_kill(&exec->process, KILL_WAIT_MS);
		client_error(m, client, exec->id, ERROR_RUNTIME, "exit code %d: %.*s", exec->runtime.code, n > 0 ? (int)n : 0, words);
		release(exec);
		client->closing = true;
		return;
	}
	char text[32];
	exec->stage = EXEC_RUNNING;
	if (exec->terminal)
		close_fd(&exec->err);
	client_send(m, client, FRAME_EXEC_STARTED, exec->id, text, (size_t)snprintf(text, sizeof text, "pid=%d\n", (int)exec->process.pid));
}

static void settle_draining(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	char text[128];
	bool late = m->now >= exec->stage_deadline_ms;
	if (client->fd < 0 || (late && exec->out_bytes >= exec->out_owed))
		close_fd(&exec->out);
	if (client->fd < 0 || (late && exec->err_bytes >= exec->err_owed))
		close_fd(&exec->err);
	if (exec->out >= 0 || exec->err >= 0 || client->out_have > 0)
		return;
	int code = exec->process.pid > 0 && exec->process.exited ? exec->process.code : 255;
	int length = snprintf(text, sizeof text, "exit_code=%d\nsignal=%d\ntimed_out=%d\nstdout_bytes=%llu\nstderr_bytes=%llu\n", code, exec->process.signal, exec->timed_out,
	                      (unsigned long long)exec->out_bytes, (unsigned long long)exec->err_bytes);
	release(exec);
	if (client->fd < 0)
		client->used = false;
	else if (client_send(m, client, FRAME_EXEC_EXIT, exec->id, text, (size_t)length))
		client->closing = true;
}

void exec_settle(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	bool late = exec->deadline_ms != 0 && m->now >= exec->deadline_ms;
	if (exec->stage == EXEC_LAUNCHING && child_ended(&exec->runtime)) {
		launched(m, client);
	} else if (exec->stage == EXEC_LAUNCHING && (late || m->now >= exec->stage_deadline_ms)) {
		exec->timed_out = true;
		m->launching--;
		begin_killing(m, exec);
	}
	if (exec->stage == EXEC_RUNNING && exec->process.exited) {
		begin_draining(m, exec);
	} else if (exec->stage == EXEC_RUNNING && (late || exec->aborted)) {
		exec->timed_out = !exec->aborted;
		begin_killing(m, exec);
	}
	if (exec->stage == EXEC_KILLING) {
		/* Answered only when all are reaped: whoever asks for the processes afterwards must see none. */
		bool ended = child_ended(&exec->process) & child_ended(&exec->runtime) & tree_gone(&exec->killing);
		if (ended || m->now >= exec->stage_deadline_ms)
			begin_draining(m, exec);
	}
	if (exec->stage == EXEC_DRAINING)
		settle_draining(m, client);
}

void exec_abort(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	(void)m;
	exec->aborted = true;
	if (exec->stage == EXEC_SPEC || exec->stage == EXEC_DONE) {
		release(exec);
		client->used = false;
	}
}
