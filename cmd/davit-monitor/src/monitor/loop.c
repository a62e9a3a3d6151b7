/*
 * One poll() over everything. Each turn: every part names what it watches and its next deadline; what fired is handled; then every part
 * settles, that is, takes the steps that the new facts allow. Handlers bear being called for nothing.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include "monitor.h"

void watch(struct monitor *m, int fd, short events, handler *handle, void *what)
{
	if (fd < 0 || m->sources == SOURCES_MAX)
		return;
	if (m->sources == SOURCES_FEW) {
		m->polls = memcpy(m->buffers->polls, m->few_polls, sizeof m->few_polls);
		m->watchers = memcpy(m->buffers->watchers, m->few_watchers, sizeof m->few_watchers);
	}
	m->polls[m->sources] = (struct pollfd){.fd = fd, .events = events};
	m->watchers[m->sources++] = (struct watcher){handle, what};
}

static int wait_for_events(struct monitor *m, int64_t deadline_ms)
{
	sigset_t none;
	sigemptyset(&none);
	int64_t left = deadline_ms - now_ms();
	if (left < 0)
		left = 0;
	const struct timespec limit = {.tv_sec = left / 1000, .tv_nsec = left % 1000 * 1000000};
	return ppoll(m->polls, m->sources, deadline_ms == 0 ? NULL : &limit, &none);
}

static bool buffers_empty(const struct monitor *m)
{
	FOR_CLIENTS(m, client)
		if (client->in_have > 0 || client->out_have > 0)
			return false;
	return m->streams[0].have == 0 && m->streams[1].have == 0;
}

/* The buffers are anonymous memory without content: the kernel gives zero pages again when they are next touched. */
static void trim(struct monitor *m)
{
	if (m->trim_at_ms == 0 || m->now < m->trim_at_ms)
		return;
	m->trim_at_ms = 0;
	streams_trim(m);
	if (buffers_empty(m))
		madvise(m->buffers, sizeof *m->buffers, MADV_DONTNEED);
	idle_trim(m->stack);
}

int monitor_loop(struct monitor *m)
{
	m->trim_at_ms = now_ms() + TRIM_MS;
	while (!m->left) {
		m->now = now_ms();
		m->sources = 0;
		m->polls = m->few_polls;
		m->watchers = m->few_watchers;
		streams_watch(m);
		container_watch(m);
		clients_watch(m);
		int64_t deadline = earlier(earlier(streams_deadline(m), container_deadline(m)), earlier(clients_deadline(m), m->trim_at_ms));
		int fired = wait_for_events(m, deadline);
		m->now = now_ms();
		if (fired > 0)
			m->trim_at_ms = m->now + TRIM_MS;
		for (unsigned i = 0; fired > 0 && i < m->sources; i++)
			if (m->polls[i].revents != 0)
				m->watchers[i].handle(m, m->watchers[i].what, m->polls[i].revents);
		if (fired != 0)
			reap_orphans(m);
		streams_settle(m);
		container_settle(m);
		clients_settle(m);
		trim(m);
	}
	return 0;
}
