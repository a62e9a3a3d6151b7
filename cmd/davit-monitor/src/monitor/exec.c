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
#include <sys/syscall.h>
#include "monitor.h"

unsigned execs_live(const struct monitor *m)
{
	unsigned live = 0;
	FOR_CLIENTS(m, client)
		live += client->role == ROLE_EXEC;
	return live;
}

bool sessions_full(const struct monitor *m)
{
	unsigned live = 0;
	FOR_CLIENTS(m, client)
		live += client->role != ROLE_CONTROL;
	return live >= SESSIONS_MAX;
}

void exec_release(struct exec *exec)
{
	close_fd(&exec->spec);
	close_fd(&exec->in);
	close_fd(&exec->out.fd);
	close_fd(&exec->err.fd);
	close_fd(&exec->console);
	child_forget(&exec->runtime);
	child_forget(&exec->process);
	exec->stage = EXEC_DONE;
}

static void take_console(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	int master = console_accept(exec->console);
	close_fd(&exec->console);
	unlink(exec_path(m, client, "tty").text);
	if (master < 0)
		return;
	exec->out.fd = master;
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
static bool forward(struct monitor *m, struct client *client, struct exec_output *output)
{
	struct exec *exec = &client->exec;
	uint8_t *out = client_out(m, client);
	bool drop = output->bytes >= exec->limit || client->fd < 0;
	uint64_t room = exec->limit - output->bytes;
	size_t size = drop || room > FRAME_PAYLOAD_MAX ? FRAME_PAYLOAD_MAX : (size_t)room;
	ssize_t n = read(output->fd, drop ? (void *)m->buffers->scratch : out + FRAME_HEADER, size);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		close_fd(&output->fd);
		return false;
	}
	output->bytes += (uint64_t)n;
	if (n >= PIPE_SIZE)
		(void)grow_pipe(output->fd, EXEC_PIPE_SIZE);
	if (drop)
		return true;
	frame_header(out, output == &exec->out ? FRAME_STDOUT : FRAME_STDERR, exec->id, (uint32_t)n);
	client->out_at = 0;
	client->out_have = FRAME_HEADER + (size_t)n;
	client_flush(m, client);
	return true;
}

static void take_output(struct monitor *m, struct client *client, struct exec_output *output)
{
	for (int turn = 0; turn < READS_A_TURN && client->used && client->role == ROLE_EXEC && output->fd >= 0 && client->out_have == 0; turn++)
		if (!forward(m, client, output))
			break;
}

static void on_output(struct monitor *m, void *what, short events)
{
	struct client *client = what;
	(void)events;
	take_output(m, client, &client->exec.out);
	take_output(m, client, &client->exec.err);
}

/* Output belongs to the process only once the runtime has ended well: until then stderr holds the runtime's own words. */
static bool output_flows(const struct client *client)
{
	const struct exec *exec = &client->exec;
	return client->out_have == 0 && !exec->offering && !exec->failed && (exec->stage == EXEC_RUNNING || exec->stage == EXEC_KILLING || exec->stage == EXEC_DRAINING);
}

void exec_watch(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	if (child_running(&exec->runtime))
		watch(m, exec->runtime.pidfd, POLLIN, on_exec, client);
	if (child_running(&exec->process))
		watch(m, exec->process.pidfd, POLLIN, on_exec, client);
	watch(m, exec->console, POLLIN, on_exec, client);
	if (output_flows(client)) {
		watch(m, exec->out.fd, POLLIN, on_output, client);
		watch(m, exec->err.fd, POLLIN, on_output, client);
	}
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
	tree_kill(&exec->killing, child_running(&exec->process) ? exec->process.pid : exec->runtime.pid, spare, exec->mark, exec->since);
	exec->stage = EXEC_KILLING;
	exec->stage_deadline_ms = m->now + KILL_WAIT_MS;
}

/* What is in the pipe now was written before the end: that much is delivered however slow the client is. */
static void owe(struct exec_output *output)
{
	int left = 0;
	output->owed = output->fd >= 0 && ioctl(output->fd, FIONREAD, &left) == 0 ? output->bytes + (uint64_t)left : 0;
}

static void begin_draining(struct monitor *m, struct exec *exec)
{
	exec->stage = EXEC_DRAINING;
	exec->stage_deadline_ms = m->now + EXEC_DRAIN_MS;
	owe(&exec->out);
	owe(&exec->err);
	close_fd(&exec->in);
}

/* The runtime's own words, once nothing of what it started is left. */
static void tell_failure(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	struct error words;
	(void)runtime_failure(m, exec->runtime.code, exec->err.fd, &words);
	client_error(m, client, exec->id, ERROR_RUNTIME, "%s", words.text);
	exec_release(exec);
	client->closing = true;
}

/* The runtime has ended: there is a process, or words about why not. One that fails late may have left a process too: it has to go first. */
static void launched(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	const struct run_path pid = exec_path(m, client, "pid");
	int adopted = adopt_from_file(pid.text, &exec->process);
	unlink(pid.text);
	m->launching--;
	if (exec->console >= 0 && wait_readable(exec->console, 0) > 0)
		take_console(m, client);
	exec->failed = exec->runtime.code != 0 || adopted < 0 || exec->out.fd < 0;
	if (exec->aborted || (exec->failed && adopted >= 0)) {
		begin_killing(m, exec);
		return;
	}
	if (exec->failed) {
		tell_failure(m, client);
		return;
	}
	char text[128];
	exec->stage = EXEC_RUNNING;
	if (exec->terminal)
		close_fd(&exec->err.fd);
	int length = snprintf(text, sizeof text, "pid=%d\n", (int)exec->process.pid);
	if (exec->offering)
		length += snprintf(text + length, sizeof text - (size_t)length, "stdin_fd=%d\nstdout_fd=%d\nstderr_fd=%d\n", exec->in, exec->out.fd, exec->err.fd);
	client_send(m, client, FRAME_EXEC_STARTED, exec->id, text, (size_t)length);
}

void exec_choose(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct exec *exec = &client->exec;
	if (client->role != ROLE_EXEC || !exec->offering || exec->stage == EXEC_SPEC || exec->stage == EXEC_LAUNCHING) {
		client_error(m, client, frame->id, ERROR_INVALID, "exec: no pipes are offered");
		return;
	}
	exec->offering = false;
	if (frame->type == FRAME_EXEC_TAKEN) {
		close_fd(&exec->in);
		close_fd(&exec->out.fd);
		close_fd(&exec->err.fd);
	}
}

static void settle_draining(struct monitor *m, struct client *client)
{
	struct exec *exec = &client->exec;
	char text[128];
	bool late = m->now >= exec->stage_deadline_ms;
	if (client->fd >= 0 && exec->failed) {
		tell_failure(m, client);
		return;
	}
	if (client->fd < 0 || (late && exec->out.bytes >= exec->out.owed))
		close_fd(&exec->out.fd);
	if (client->fd < 0 || (late && exec->err.bytes >= exec->err.owed))
		close_fd(&exec->err.fd);
	if (exec->out.fd >= 0 || exec->err.fd >= 0 || client->out_have > 0)
		return;
	int code = exec->process.pid > 0 && exec->process.exited ? exec->process.code : 255;
	int length = snprintf(text, sizeof text, "exit_code=%d\nsignal=%d\ntimed_out=%d\nstdout_bytes=%llu\nstderr_bytes=%llu\n", code, exec->process.signal, exec->timed_out,
	                      (unsigned long long)exec->out.bytes, (unsigned long long)exec->err.bytes);
	exec_release(exec);
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
	if (exec->stage == EXEC_RUNNING && exec->process.exited && !exec->offering) {
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
		exec_release(exec);
		client->used = false;
	}
}
