/* Connections: accepted, read into frames, written from a buffer of fixed size. Nobody's slowness is anybody else's. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include "monitor.h"

enum { BACKLOG = 128, LINGER_MS = 1000, LAST_WORDS = 256 };

int clients_listen(struct monitor *m, struct error *error)
{
	const struct run_path path = run_path(m, "sock");
	int fd = unix_listen(path.text, BACKLOG);
	if (fd == -EEXIST)
		return fail(error, EEXIST, "monitor of \"%s\"", m->config->id);
	if (fd < 0)
		return fail(error, -fd, "listen on \"%s\"", path.text);
	m->listener = fd;
	return 0;
}

void clients_forget(struct monitor *m)
{
	if (m->listener >= 0)
		unlink(run_path(m, "sock").text);
	close_fd(&m->listener);
}

uint8_t *client_in(struct monitor *m, const struct client *client)
{
	return m->buffers->clients[client - m->clients].in;
}

uint8_t *client_out(struct monitor *m, const struct client *client)
{
	return m->buffers->clients[client - m->clients].out;
}

static struct client *free_slot(struct monitor *m)
{
	for (unsigned i = 0; i < m->clients_top; i++)
		if (!m->clients[i].used)
			return &m->clients[i];
	return m->clients_top < SLOTS ? &m->clients[m->clients_top] : NULL;
}

static void greet(struct monitor *m, struct client *client)
{
	char text[4096];
	if (client - m->clients >= CLIENTS_MAX) {
		client_error(m, client, 0, ERROR_EXHAUSTED, "too many connections to this monitor");
		client->closing = true;
	} else if (client_send(m, client, FRAME_HELLO, 0, text, status_text(m, text, sizeof text)) && m->exit_text_ready) {
		client_send(m, client, FRAME_EXIT, 0, m->exit_text, strlen(m->exit_text));
	}
}

static void on_listener(struct monitor *m, void *what, short events)
{
	(void)what;
	(void)events;
	struct ucred peer;
	socklen_t size = sizeof peer;
	struct client *client = free_slot(m);
	cleanup_fd int fd = accept4(m->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	/* It waits there, and poll() would say so without end. */
	if (fd < 0 && errno != EAGAIN)
		m->accept_at_ms = m->now + ACCEPT_RETRY_MS;
	if (fd < 0 || client == NULL || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || peer.uid != 0)
		return;
	if (client == &m->clients[m->clients_top])
		m->clients_top++;
	/* The exec is set when there is one: until then its memory is not touched. */
	memset(client, 0, offsetof(struct client, exec));
	client->used = true;
	client->fd = steal_fd(&fd);
	client->role = ROLE_CONTROL;
	greet(m, client);
}

static bool connected(const struct client *client)
{
	return client->used && client->fd >= 0;
}

/* Takes every whole frame that can be taken now. */
static void process(struct monitor *m, struct client *client)
{
	uint8_t *in = client_in(m, client);
	size_t at = 0;
	while (connected(client) && !client->closing) {
		struct frame frame;
		int result = frame_parse(in + at, client->in_have - at, FRAME_PAYLOAD_MAX, &frame);
		if (result < 0) {
			client_error(m, client, 0, ERROR_INVALID, "frame: %s", strerror(-result));
			client->closing = true;
		}
		if (result <= 0 || !request_take(m, client, &frame))
			break;
		at += FRAME_HEADER + frame.length;
		client->stdin_at = 0;
	}
	if (!connected(client))
		return;
	client->in_have = client->closing ? 0 : client->in_have - at;
	memmove(in, in + at, client->in_have);
}

static void on_client(struct monitor *m, void *what, short events)
{
	struct client *client = what;
	if (!connected(client))
		return;
	if (events & POLLOUT)
		client_flush(m, client);
	if (!connected(client))
		return;
	if (events & POLLIN && client->closing) {
		/* What it still sends is read and dropped: closing with unread bytes would take our last words from it. */
		ssize_t n = recv(client->fd, m->buffers->scratch, sizeof m->buffers->scratch, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
			client_drop(m, client);
		return;
	}
	if (events & POLLIN && client->in_have < CLIENT_IN) {
		ssize_t n = recv(client->fd, client_in(m, client) + client->in_have, CLIENT_IN - client->in_have, MSG_DONTWAIT);
		if (n > 0) {
			client->in_have += (size_t)n;
			process(m, client);
			return;
		}
		if (n == 0)
			client->in_ended = true;
		else if (errno != EAGAIN && errno != EINTR)
			client_drop(m, client);
		else
			return;
	}
	if (connected(client) && events & (POLLHUP | POLLERR))
		client_drop(m, client);
}

/* Whether the container's or exec's stdin has to take bytes before this client is read again. */
static bool stdin_waits(const struct client *client)
{
	return client->in_have == CLIENT_IN || client->stdin_blocked;
}

static void watch_client(struct monitor *m, struct client *client)
{
	short wanted = client->out_have > 0 ? POLLOUT : 0;
	if (client->closing || (!client->in_ended && !stdin_waits(client)))
		wanted |= POLLIN;
	watch(m, client->fd, wanted, on_client, client);
	if (client->role == ROLE_EXEC)
		exec_watch(m, client);
}

void clients_watch(struct monitor *m)
{
	bool any_blocked = false;
	if (m->now >= m->accept_at_ms)
		m->accept_at_ms = 0;
	if (m->accept_at_ms == 0 && free_slot(m) != NULL)
		watch(m, m->listener, POLLIN, on_listener, NULL);
	FOR_CLIENTS(m, client) {
		watch_client(m, client);
		any_blocked |= client->stdin_blocked && client->role == ROLE_ATTACH;
	}
	if (any_blocked)
		watch(m, m->stdin_fd, POLLOUT, on_stdin_room, NULL);
}

void on_stdin_room(struct monitor *m, void *what, short events)
{
	(void)events;
	FOR_CLIENTS(m, client)
		if (client->stdin_blocked && (what == NULL ? client->role == ROLE_ATTACH : client == what))
			process(m, client);
}

int64_t clients_deadline(const struct monitor *m)
{
	int64_t deadline = m->accept_at_ms;
	FOR_CLIENTS(m, client) {
		deadline = earlier(deadline, client->linger_ms);
		if (client->role == ROLE_EXEC)
			deadline = earlier(deadline, exec_deadline(m, client));
	}
	return deadline;
}

/* Our side ends first; the connection is closed when the peer's has ended too, or after LINGER_MS. */
static void say_goodbye(struct monitor *m, struct client *client)
{
	if (!client->ended && client->fd >= 0 && shutdown(client->fd, SHUT_WR) == 0) {
		client->ended = true;
		client->linger_ms = m->now + LINGER_MS;
	} else if (!client->ended || m->now >= client->linger_ms) {
		client_drop(m, client);
	}
}

static void settle(struct monitor *m, struct client *client)
{
	if (client->role == ROLE_EXEC)
		exec_settle(m, client);
	if (client->used && client->in_ended && client->in_have == 0 && !client->closing)
		request_input_ended(m, client);
	if (!client->used || !client->closing)
		return;
	if (client->out_have == 0)
		say_goodbye(m, client);
	else if (client->linger_ms != 0 && m->now >= client->linger_ms)
		client_drop(m, client);
}

void clients_settle(struct monitor *m)
{
	FOR_CLIENTS(m, client)
		settle(m, client);
	while (m->clients_top > 0 && !m->clients[m->clients_top - 1].used)
		m->clients_top--;
}

/* What the socket takes at once, without a copy; only when nothing is queued before it. */
static ssize_t send_now(const struct client *client, const struct iovec *parts)
{
	struct msghdr message = {.msg_iov = (struct iovec *)(uintptr_t)parts, .msg_iovlen = 2};
	ssize_t n;
	if (client->out_have > 0)
		return 0;
	do
		n = sendmsg(client->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	return n < 0 && errno == EAGAIN ? 0 : n;
}

static void queue(struct client *client, uint8_t *out, const struct iovec *part, size_t skip)
{
	if (skip >= part->iov_len)
		return;
	memcpy(out + client->out_have, (const uint8_t *)part->iov_base + skip, part->iov_len - skip);
	client->out_have += part->iov_len - skip;
}

/* It has not read for longer than its buffers last: nobody waits for it. Why is the last thing that it hears, if it ever listens. */
static void give_up(struct monitor *m, struct client *client)
{
	m->clients_dropped++;
	client->linger_ms = m->now + GIVE_UP_MS;
	client_error(m, client, 0, ERROR_EXHAUSTED, "the client does not take its output and was dropped");
	client->closing = true;
}

bool client_send(struct monitor *m, struct client *client, enum frame_type type, uint16_t id, const void *payload, size_t size)
{
	uint8_t *out = client_out(m, client), header[FRAME_HEADER];
	const struct iovec parts[2] = {{header, sizeof header}, {(void *)(uintptr_t)payload, size}};
	bool output = type == FRAME_STDOUT || type == FRAME_STDERR;
	if (!connected(client))
		return false;
	frame_header(header, type, id, (uint32_t)size);
	ssize_t sent = send_now(client, parts);
	if (sent == (ssize_t)(sizeof header + size))
		return true;
	if (client->out_at > 0) {
		memmove(out, out + client->out_at, client->out_have);
		client->out_at = 0;
	}
	/* A frame that the socket took in part is the only one that is queued, and then it fits. */
	if (sent < 0 || CLIENT_OUT - client->out_have < sizeof header + size + (output ? LAST_WORDS : 0)) {
		if (sent < 0 || !output)
			client_drop(m, client);
		else
			give_up(m, client);
		return false;
	}
	queue(client, out, &parts[0], (size_t)sent);
	queue(client, out, &parts[1], (size_t)sent > sizeof header ? (size_t)sent - sizeof header : 0);
	return true;
}

void client_ok(struct monitor *m, struct client *client, uint16_t id)
{
	client_send(m, client, FRAME_OK, id, NULL, 0);
}

void client_enlarge(struct client *client)
{
	const int size = SEND_BUFFER;
	(void)setsockopt(client->fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
}

void client_flush(struct monitor *m, struct client *client)
{
	const uint8_t *out = client_out(m, client);
	while (client->out_have > 0) {
		ssize_t n = send(client->fd, out + client->out_at, client->out_have, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			if (errno != EAGAIN)
				client_drop(m, client);
			return;
		}
		client->out_at += (size_t)n;
		client->out_have -= (size_t)n;
	}
	client->out_at = 0;
}

void client_error(struct monitor *m, struct client *client, uint16_t id, enum error_code code, const char *format, ...)
{
	char text[4096];
	va_list arguments;
	va_start(arguments, format);
	text[0] = (char)code;
	int length = vsnprintf(text + 1, sizeof text - 1, format, arguments);
	va_end(arguments);
	size_t size = length < 0 ? 0 : (size_t)length < sizeof text - 1 ? (size_t)length : sizeof text - 2;
	client_send(m, client, FRAME_ERROR, id, text, size + 1);
}

void client_drop(struct monitor *m, struct client *client)
{
	bool owned_stdin = client->role == ROLE_ATTACH && client->wants_stdin && client->fd >= 0;
	close_fd(&client->fd);
	client->in_have = client->out_have = client->out_at = 0;
	client->stdin_blocked = false;
	if (m->start.client == client)
		m->start.client = NULL;
	if (m->leaver == client)
		m->leaver = NULL;
	if (owned_stdin && m->config->stdin_once)
		close_fd(&m->stdin_fd);
	if (client->role == ROLE_EXEC)
		exec_abort(m, client);
	else
		client->used = false;
}

void client_output(struct monitor *m, unsigned stream, const char *data, size_t size)
{
	FOR_CLIENTS(m, client) {
		if (client->role != ROLE_ATTACH || client->closing || !(stream == 0 ? client->wants_stdout : client->wants_stderr))
			continue;
		for (size_t at = 0, part; at < size; at += part) {
			part = size - at < FRAME_PAYLOAD_MAX ? size - at : FRAME_PAYLOAD_MAX;
			if (!client_send(m, client, stream == 0 ? FRAME_STDOUT : FRAME_STDERR, 0, data + at, part))
				break;
		}
	}
}

void clients_announce_exit(struct monitor *m)
{
	FOR_CLIENTS(m, client) {
		if (client->role == ROLE_EXEC || client->closing)
			continue;
		if (client_send(m, client, FRAME_EXIT, 0, m->exit_text, strlen(m->exit_text)) && client->role == ROLE_ATTACH)
			client->closing = true;
	}
}
