/* The container from "created" to its durable exit record, and the monitor's own leaving. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include "monitor.h"

static void on_container(struct monitor *m, void *what, short events)
{
	(void)what;
	(void)events;
	(void)child_ended(&m->container);
}

static void on_operation(struct monitor *m, void *what, short events)
{
	(void)what;
	(void)events;
	(void)child_ended(&m->operation.child);
}

void container_watch(struct monitor *m)
{
	if (!m->container.exited)
		watch(m, m->container.pidfd, POLLIN, on_container, NULL);
	if (child_running(&m->operation.child))
		watch(m, m->operation.child.pidfd, POLLIN, on_operation, NULL);
}

int64_t container_deadline(const struct monitor *m)
{
	int64_t deadline = m->exit_text_ready ? 0 : m->drain_deadline_ms;
	return child_running(&m->operation.child) ? earlier(deadline, m->operation.deadline_ms) : deadline;
}

/* Runs `<runtime> VERB [OPTION] ID` for a client; the answer comes from container_settle(). */
static int begin_operation(struct monitor *m, struct client *client, uint16_t id, const char *verb, const char *option, int64_t limit_ms)
{
	const char *arguments[ARGUMENTS_MAX];
	int pipe[2] = {-1, -1};
	unsigned count = runtime_arguments(m, arguments, verb);
	if (option != NULL)
		arguments[count++] = option;
	arguments[count++] = m->config->id;
	arguments[count] = NULL;
	int result = open_pipe(pipe, 0);
	if (result == 0)
		result = runtime_spawn(m, arguments, 0, 1, pipe[1], NULL, &m->operation.child);
	close_fd(&pipe[1]);
	if (result < 0) {
		close_fd(&pipe[0]);
		return result;
	}
	m->operation.err = pipe[0];
	m->operation.client = client;
	m->operation.id = id;
	m->operation.timed_out = m->operation.alone = false;
	m->operation.deadline_ms = m->now + limit_ms;
	return 0;
}

void container_start(struct monitor *m, struct client *client, uint16_t id)
{
	if (m->state != STATE_CREATED || m->container.exited || m->leaving) {
		client_error(m, client, id, ERROR_PRECONDITION, "start: the container is %s, must be created", m->container.exited ? "exited" : "started already");
		return;
	}
	int result = begin_operation(m, client, id, "start", NULL, START_MS);
	if (result < 0) {
		client_error(m, client, id, ERROR_INTERNAL, "execute \"%s\": %s", m->config->runtime, strerror(-result));
		return;
	}
	struct error ignored;
	m->state = STATE_STARTING;
	m->record.started_ns = wall_ns();
	/* A full /run must not stop it: then only the next monitor would take it for not started. */
	(void)keep_container(m, &ignored);
}

static void answer_start(struct monitor *m)
{
	struct operation *operation = &m->operation;
	char words[2048];
	struct error ignored;
	ssize_t n = read(operation->err, words, sizeof words);
	int size = n > 0 ? (int)n : 0;
	bool started = operation->child.code == 0 && !operation->timed_out;
	m->state = started ? STATE_RUNNING : STATE_CREATED;
	if (!started) {
		m->record.started_ns = 0;
		(void)keep_container(m, &ignored);
	}
	if (operation->client == NULL)
		return;
	if (started)
		client_send(m, operation->client, FRAME_OK, operation->id, NULL, 0);
	else if (operation->timed_out && operation->alone)
		client_error(m, operation->client, operation->id, ERROR_RUNTIME, "the container ended before it was started, and %s start did not end by itself", m->config->runtime);
	else if (operation->timed_out)
		client_error(m, operation->client, operation->id, ERROR_DEADLINE, "%s start: no end after %d ms", m->config->runtime, START_MS);
	else
		client_error(m, operation->client, operation->id, ERROR_RUNTIME, "exit code %d: %.*s", operation->child.code, size, words);
}

static void settle_operation(struct monitor *m)
{
	struct operation *operation = &m->operation;
	if (operation->child.pid == 0)
		return;
	if (m->state == STATE_STARTING && m->container.exited && !operation->alone) {
		operation->alone = true;
		operation->deadline_ms = earlier(operation->deadline_ms, m->now + START_ALONE_MS);
	}
	if (!operation->child.exited && m->now >= operation->deadline_ms) {
		operation->timed_out = true;
		child_kill(&operation->child, KILL_WAIT_MS);
		operation->child.exited = true;
	}
	if (!operation->child.exited)
		return;
	if (m->state == STATE_STARTING)
		answer_start(m);
	else
		m->remove_container = false;
	child_forget(&operation->child);
	close_fd(&operation->err);
}

/* Every byte that was written before the end is in the pipes; what others still write is waited for until the deadline. */
static bool drained(struct monitor *m)
{
	if (m->drain_deadline_ms == 0)
		m->drain_deadline_ms = m->now + DRAIN_MS;
	if (m->now >= m->drain_deadline_ms) {
		/* The end of a container waits for no disk. */
		m->log.options.block_when_full = false;
		log_retry(&m->log, true);
	}
	for (unsigned i = 0; i < 2; i++) {
		struct stream *stream = &m->streams[i];
		m->stream_retry_ms[i] = 0;
		/* A pty whose last slave is closed says EIO now. */
		if (stream->fd >= 0 && m->config->terminal)
			stream_read(m, i);
		if (stream->fd < 0 || m->now < m->drain_deadline_ms)
			continue;
		log_take(&m->log, stream, 0, m->now);
		for (int left = 64; left > 0 && stream_read(m, i); left--)
			;
		log_flush_tail(&m->log, stream);
		close_fd(&stream->fd);
	}
	return m->streams[0].fd < 0 && m->streams[1].fd < 0;
}

static void finish(struct monitor *m)
{
	struct exit_record *record = &m->record;
	log_close(&m->log);
	close_fd(&m->stdin_fd);
	record->code = m->container.code;
	record->signal = m->container.signal;
	if (m->container.unknown)
		record->reason = "MonitorLost";
	record->lost_lines = m->log.total_lost_lines;
	record->lost_bytes = m->log.total_lost_bytes;
	exit_format(record, m->config->id, m->exit_text);
	if (exit_store(&m->exit_file, m->exit_text) < 0) {
		/* Told all the same: a true code that may not survive a power cut is better than none. */
		record->reason = "the exit record could not be stored";
		exit_format(record, m->config->id, m->exit_text);
	}
	close_fd(&m->exit_file.fd);
	m->state = STATE_EXITED;
	m->exit_text_ready = true;
	clients_announce_exit(m);
}

static void settle_exit(struct monitor *m)
{
	if (!m->container.exited || m->exit_text_ready || m->state == STATE_STARTING)
		return;
	if (m->record.finished_ns == 0) {
		m->record.finished_ns = wall_ns();
		/* A child of the container may die of it without harm: only an end that was not a success is put down to it. */
		m->record.oom_killed = m->container.code != 0 && oom_killed(m->oom, m->config->id);
		close_fd(&m->container.pidfd);
	}
	if (drained(m))
		finish(m);
}

void container_leave(struct monitor *m, struct client *client, uint16_t id, bool force)
{
	if (!m->exit_text_ready && !force) {
		client_error(m, client, id, ERROR_PRECONDITION, "shutdown: the container is running, must be exited");
		return;
	}
	m->leaver = client;
	m->leaver_id = id;
	if (m->leaving)
		return;
	m->leaving = true;
	m->remove_container = force;
	if (!m->container.exited)
		syscall(SYS_pidfd_send_signal, m->container.pidfd, SIGKILL, NULL, 0);
}

void remove_files(const struct monitor *m)
{
	static const char *const names[] = {"sock", "pid", "tty", "container"};
	char path[PATH_MAX];
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (format_path(path, sizeof path, "%s/%s", m->directory, names[i]) == 0)
			unlink(path);
	rmdir(m->directory);
}

static void settle_leaving(struct monitor *m)
{
	if (!m->leaving || !m->exit_text_ready || m->operation.child.pid != 0)
		return;
	if (m->remove_container) {
		if (begin_operation(m, NULL, 0, "delete", "--force", DELETE_MS) < 0)
			m->remove_container = false;
		return;
	}
	/* Execs of a pod that shares its pid namespace outlive the container; they do not outlive us. */
	if (execs_live(m) > 0) {
		for (unsigned i = 0; i < m->clients_top; i++)
			if (m->clients[i].used && m->clients[i].role == ROLE_EXEC)
				client_drop(m, &m->clients[i]);
		return;
	}
	remove_files(m);
	if (m->leaver != NULL)
		client_send(m, m->leaver, FRAME_OK, m->leaver_id, NULL, 0);
	m->left = true;
}

void container_settle(struct monitor *m)
{
	settle_operation(m);
	settle_exit(m);
	settle_leaving(m);
}
