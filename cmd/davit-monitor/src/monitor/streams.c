/* The container's output into its log and to attached clients; its stdin. */
#include <errno.h>
#include <fcntl.h>
#include "monitor.h"

static void on_stream(struct monitor *m, void *what, short events)
{
	(void)events;
	(void)stream_read(m, (unsigned)((struct stream *)what - m->streams));
}

void streams_watch(struct monitor *m)
{
	for (unsigned i = 0; i < 2 && !m->log.stalled; i++)
		if (m->stream_retry_ms[i] == 0)
			watch(m, m->streams[i].fd, POLLIN, on_stream, &m->streams[i]);
}

static void end_stream(struct monitor *m, struct stream *stream)
{
	log_flush_tail(&m->log, stream);
	close_fd(&stream->fd);
}

bool stream_read(struct monitor *m, unsigned index)
{
	struct stream *stream = &m->streams[index];
	bool any = false;
	for (int turn = 0; turn < READS_A_TURN && stream->fd >= 0 && !m->log.stalled; turn++) {
		char *fresh = stream->buffer + stream->have;
		ssize_t n = read(stream->fd, fresh, LOG_READ_SIZE);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			break;
		if (n < 0 && errno == EIO && m->config->terminal && !m->container.exited) {
			/* No process has the terminal open; the container may open it again. poll() would report that without end. */
			m->stream_retry_ms[index] = m->now + PTY_RETRY_MS;
			break;
		}
		if (n <= 0) {
			end_stream(m, stream);
			break;
		}
		any = true;
		if (n >= PIPE_SIZE / 2)
			(void)grow_pipe(stream->fd, STREAM_PIPE_SIZE);
		m->output_bytes[index] += (uint64_t)n;
		/* Clients first: the log's tail is moved about in the buffer. They only copy it, and never wait. */
		client_output(m, index, fresh, (size_t)n);
		log_take(&m->log, stream, (size_t)n, m->now);
		if (n < LOG_READ_SIZE / 2)
			break;
	}
	return any;
}

void streams_trim(const struct monitor *m)
{
	for (unsigned i = 0; i < 2; i++)
		if (m->streams[i].fd >= 0 && fcntl(m->streams[i].fd, F_GETPIPE_SZ) > PIPE_SIZE)
			(void)fcntl(m->streams[i].fd, F_SETPIPE_SZ, PIPE_SIZE);
}

int64_t streams_deadline(const struct monitor *m)
{
	int64_t deadline = m->log_retry_ms;
	for (unsigned i = 0; i < 2; i++) {
		if (m->streams[i].have > 0 && !m->log.stalled)
			deadline = earlier(deadline, m->streams[i].tail_at_ms + LOG_TAIL_MS);
		deadline = earlier(deadline, m->stream_retry_ms[i]);
	}
	return deadline;
}

/* A full disk that the container waits for: what waits is tried again now and then, and first of all when it fits. */
static void settle_stall(struct monitor *m)
{
	if (m->log.stalled && m->log_retry_ms != 0 && m->now >= m->log_retry_ms)
		log_retry(&m->log, false);
	for (unsigned i = 0; i < 2 && m->log_retry_ms != 0; i++)
		if (m->streams[i].have > 0 && !m->log.stalled)
			log_take(&m->log, &m->streams[i], 0, m->now);
	m->log_retry_ms = !m->log.stalled ? 0 : m->log_retry_ms > m->now ? m->log_retry_ms : m->now + LOG_RETRY_MS;
}

void streams_settle(struct monitor *m)
{
	settle_stall(m);
	for (unsigned i = 0; i < 2; i++) {
		struct stream *stream = &m->streams[i];
		if (stream->have > 0 && !m->log.stalled && m->now >= stream->tail_at_ms + LOG_TAIL_MS)
			log_flush_tail(&m->log, stream);
		if (m->now >= m->stream_retry_ms[i])
			m->stream_retry_ms[i] = 0;
	}
}
