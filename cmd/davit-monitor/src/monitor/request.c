/* What each frame of a client asks for. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include "monitor.h"

enum { ATTACH_STDIN = 1, ATTACH_STDOUT = 2, ATTACH_STDERR = 4 };

static const char *state_name(enum state state)
{
	static const char *const names[] = {[STATE_CREATED] = "created", [STATE_STARTING] = "starting", [STATE_RUNNING] = "running", [STATE_EXITED] = "exited"};
	return names[state];
}

size_t status_text(const struct monitor *m, char *text, size_t size)
{
	int length = snprintf(text, size,
		"protocol=%d\nversion=%s\nid=%s\ntoken=%s\nmonitor_pid=%d\ncontainer_pid=%d\nstate=%s\nstarted_at_ns=%lld\nterminal=%d\nterminal_fd=%d\nstdin=%d\n"
		"stdout_bytes=%llu\nstderr_bytes=%llu\nlog_lines=%llu\nlog_bytes=%llu\nlog_lost_lines=%llu\nlog_lost_bytes=%llu\nlog_limited_lines=%llu\nlog_limited_bytes=%llu\nexecs_live=%u\nexecs_total=%llu\nclients_dropped=%llu\n",
		PROTOCOL_VERSION, DAVIT_VERSION, m->config->id, m->config->token, (int)getpid(), (int)m->container.pid, state_name(m->state), (long long)m->record.started_ns, m->config->terminal, m->config->terminal ? m->streams[0].fd : -1, m->stdin_fd >= 0,
		(unsigned long long)m->output_bytes[0], (unsigned long long)m->output_bytes[1], (unsigned long long)m->log.lines, (unsigned long long)m->log.bytes,
		(unsigned long long)m->log.total_lost_lines, (unsigned long long)m->log.total_lost_bytes,
		(unsigned long long)m->log.limited_lines, (unsigned long long)m->log.limited_bytes, execs_live(m), (unsigned long long)m->execs_total, (unsigned long long)m->clients_dropped);
	/* Lines that do not fit are left out whole. */
	for (unsigned i = 0; i < m->config->cgroups.count; i++) {
		int more = snprintf(text + length, size - (size_t)length, "cgroup=%s\n", m->config->cgroups.items[i]);
		if ((size_t)(length + more) >= size)
			break;
		length += more;
	}
	return (size_t)length;
}

static void tell_status(struct monitor *m, struct client *client, const struct frame *frame)
{
	char text[4096];
	client_send(m, client, FRAME_OK, frame->id, text, status_text(m, text, sizeof text));
}

static void kill_container(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct reader reader = read_payload(frame);
	int number = (int)read_number(&reader, 4);
	if (reader.bad || number < 1 || number >= NSIG) {
		client_error(m, client, frame->id, ERROR_INVALID, "kill: %d is not a signal", number);
		return;
	}
	/* A container that has ended is as dead as was wanted. */
	if (m->container.exited || syscall(SYS_pidfd_send_signal, m->container.pidfd, number, NULL, 0) == 0 || errno == ESRCH)
		client_ok(m, client, frame->id);
	else
		client_error(m, client, frame->id, ERROR_INTERNAL, "kill with signal %d: %s", number, strerror(errno));
}

static void reopen_log(struct monitor *m, struct client *client, const struct frame *frame)
{
	int result = m->state == STATE_EXITED ? 0 : log_reopen(&m->log);
	if (result < 0)
		client_error(m, client, frame->id, ERROR_INTERNAL, "reopen log \"%s\": %s; the old file stays in use", m->log.options.path, strerror(-result));
	else
		client_ok(m, client, frame->id);
}

static void resize(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct reader reader = read_payload(frame);
	uint16_t rows = (uint16_t)read_number(&reader, 2), columns = (uint16_t)read_number(&reader, 2);
	bool exec = client->role == ROLE_EXEC;
	int master = exec ? (client->exec.terminal ? client->exec.out.fd : -1) : m->config->terminal ? m->streams[0].fd : -1;
	if (exec && !reader.bad) {
		client->exec.rows = rows;
		client->exec.columns = columns;
	}
	int result = reader.bad ? -EINVAL : master < 0 ? -ENOTTY : console_resize(master, rows, columns);
	/* On an exec's connection answers are about the exec alone. */
	if (result == 0 && !exec)
		client_ok(m, client, frame->id);
	else if (!exec)
		client_error(m, client, frame->id, ERROR_PRECONDITION, "resize: %s", strerror(-result));
}

static void attach(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct reader reader = read_payload(frame);
	unsigned flags = (unsigned)read_number(&reader, 1);
	if (reader.bad || m->state == STATE_EXITED || client->role != ROLE_CONTROL) {
		client_error(m, client, frame->id, ERROR_PRECONDITION, "attach: the container is %s, must not be exited", state_name(m->state));
		return;
	}
	if (sessions_full(m)) {
		client_error(m, client, frame->id, ERROR_EXHAUSTED, "attach: too many sessions in this container");
		return;
	}
	client_enlarge(client);
	client->role = ROLE_ATTACH;
	client->wants_stdin = flags & ATTACH_STDIN;
	client->wants_stdout = flags & ATTACH_STDOUT;
	client->wants_stderr = flags & ATTACH_STDERR;
	client_ok(m, client, frame->id);
}

/* Bytes for a stdin that is closed are dropped. */
static void write_stdin(struct monitor *m, struct client *client, const struct frame *frame)
{
	bool exec = client->role == ROLE_EXEC;
	int *to = exec ? &client->exec.in : client->wants_stdin ? &m->stdin_fd : NULL;
	client->stdin_blocked = exec && client->exec.terminal && client->exec.console >= 0;
	while (!client->stdin_blocked && to != NULL && *to >= 0 && client->stdin_at < frame->length) {
		ssize_t n = write(*to, frame->payload + client->stdin_at, frame->length - client->stdin_at);
		if (n >= 0)
			client->stdin_at += (size_t)n;
		else if (errno == EAGAIN)
			client->stdin_blocked = !exec || !grow_pipe(*to, EXEC_PIPE_SIZE);
		else if (errno != EINTR)
			close_fd(to);
	}
}

static void close_stdin(struct monitor *m, struct client *client)
{
	/* A terminal has no end of file to send: that is a key. */
	if (client->role == ROLE_EXEC && !client->exec.terminal)
		close_fd(&client->exec.in);
	if (client->role == ROLE_ATTACH && client->wants_stdin && m->config->stdin_once && !m->config->terminal)
		close_fd(&m->stdin_fd);
}

static void end_stdin(struct monitor *m, struct client *client, const struct frame *frame)
{
	(void)frame;
	close_stdin(m, client);
}

void request_input_ended(struct monitor *m, struct client *client)
{
	if (client->role == ROLE_CONTROL)
		client->closing = true;
	else
		close_stdin(m, client);
}

bool request_take(struct monitor *m, struct client *client, const struct frame *frame)
{
	static const struct { uint8_t type; request *take; } requests[] = {
		{FRAME_STATUS, tell_status}, {FRAME_START, container_start}, {FRAME_KILL, kill_container}, {FRAME_REOPEN_LOG, reopen_log},
		{FRAME_RESIZE, resize}, {FRAME_SHUTDOWN, container_leave}, {FRAME_ATTACH, attach}, {FRAME_STDIN, write_stdin}, {FRAME_STDIN_CLOSE, end_stdin},
		{FRAME_EXEC, exec_begin}, {FRAME_EXEC_SPEC, exec_spec}, {FRAME_EXEC_RUN, exec_run}, {FRAME_EXEC_TAKEN, exec_choose}, {FRAME_EXEC_RELAY, exec_choose},
	};
	for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
		if (requests[i].type == frame->type) {
			requests[i].take(m, client, frame);
			return !client->stdin_blocked;
		}
	}
	client_error(m, client, frame->id, ERROR_INVALID, "unknown request 0x%02x", frame->type);
	return true;
}
