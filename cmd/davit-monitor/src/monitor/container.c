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

static void on_start(struct monitor *m, void *what, short events)
{
	(void)what;
	(void)events;
	(void)child_ended(&m->start.runtime);
}

void container_watch(struct monitor *m)
{
	if (!m->container.exited)
		watch(m, m->container.pidfd, POLLIN, on_container, NULL);
	if (m->state == STATE_STARTING)
		watch(m, m->start.runtime.pidfd, POLLIN, on_start, NULL);
}

int64_t container_deadline(const struct monitor *m)
{
	int64_t deadline = m->exit_text_ready ? 0 : m->drain_deadline_ms;
	return m->state == STATE_STARTING ? earlier(deadline, m->start.deadline_ms) : deadline;
}

/* The answer comes from settle_start(). */
void container_start(struct monitor *m, struct client *client, const struct frame *frame)
{
	__attribute__((cleanup(close_plumbing))) struct plumbing p = NO_PLUMBING;
	struct error ignored;
	if (m->state != STATE_CREATED || m->container.exited || m->leaving) {
		client_error(m, client, frame->id, ERROR_PRECONDITION, "start: the container is %s, must be created", m->container.exited ? "exited" : "started already");
		return;
	}
	m->start = (struct start){.client = client, .id = frame->id, .deadline_ms = m->now + START_MS};
	int result = open_pipe(p.err, 0);
	if (result == 0)
		result = runtime_spawn(m, &(struct runtime_call){.verb = "start", .streams = &p}, &m->start.runtime);
	if (result < 0) {
		client_error(m, client, frame->id, ERROR_INTERNAL, "execute \"%s\": %s", m->config->runtime, strerror(-result));
		return;
	}
	m->start.err = steal_fd(&p.err[0]);
	m->state = STATE_STARTING;
	m->record.started_ns = wall_ns();
	/* A full /run must not stop it: then only the next monitor would take it for not started. */
	(void)keep_container(m, &ignored);
}

static void refuse_start(struct monitor *m)
{
	const struct start *start = &m->start;
	struct error words;
	m->record.started_ns = 0;
	(void)keep_container(m, &words);
	(void)runtime_failure(m, start->runtime.code, start->err, &words);
	if (start->client == NULL)
		return;
	if (start->timed_out && start->alone)
		client_error(m, start->client, start->id, ERROR_RUNTIME, "the container ended before it was started, and %s start did not end by itself", m->config->runtime);
	else if (start->timed_out)
		client_error(m, start->client, start->id, ERROR_DEADLINE, "%s start: no end after %d ms", m->config->runtime, START_MS);
	else
		client_error(m, start->client, start->id, ERROR_RUNTIME, "%s", words.text);
}

static void settle_start(struct monitor *m)
{
	struct start *start = &m->start;
	if (m->state != STATE_STARTING)
		return;
	if (m->container.exited && !start->alone) {
		start->alone = true;
		start->deadline_ms = earlier(start->deadline_ms, m->now + START_ALONE_MS);
	}
	start->timed_out = !start->runtime.exited && m->now >= start->deadline_ms;
	if (start->timed_out)
		child_kill(&start->runtime, KILL_WAIT_MS);
	else if (!start->runtime.exited)
		return;
	m->state = start->runtime.code == 0 && !start->timed_out ? STATE_RUNNING : STATE_CREATED;
	if (m->state == STATE_CREATED)
		refuse_start(m);
	else if (start->client != NULL)
		client_ok(m, start->client, start->id);
	child_forget(&start->runtime);
	close_fd(&start->err);
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

void container_leave(struct monitor *m, struct client *client, const struct frame *frame)
{
	struct reader reader = read_payload(frame);
	bool force = read_number(&reader, 1) == 1;
	if (!m->exit_text_ready && !force) {
		client_error(m, client, frame->id, ERROR_PRECONDITION, "shutdown: the container is running, must be exited");
		return;
	}
	m->leaver = client;
	m->leaver_id = frame->id;
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
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(run_path(m, names[i]).text);
	rmdir(m->directory);
}

static void settle_leaving(struct monitor *m)
{
	if (!m->leaving || !m->exit_text_ready)
		return;
	if (m->remove_container)
		runtime_delete(m);
	m->remove_container = false;
	/* Execs of a pod that shares its pid namespace outlive the container; they do not outlive us. */
	if (execs_live(m) > 0) {
		FOR_CLIENTS(m, client)
			if (client->role == ROLE_EXEC)
				client_drop(m, client);
		return;
	}
	remove_files(m);
	if (m->leaver != NULL)
		client_ok(m, m->leaver, m->leaver_id);
	m->left = true;
}

void container_settle(struct monitor *m)
{
	settle_start(m);
	settle_exit(m);
	settle_leaving(m);
}
