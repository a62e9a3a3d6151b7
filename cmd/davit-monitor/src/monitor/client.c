/* Connections: accepted, read into frames, written from a buffer of fixed size. Nobody's slowness is anybody else's. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include "monitor.h"

enum { BACKLOG = 128, LINGER_MS = 1000, LAST_WORDS = 256 };

static bool answers(const struct sockaddr_un *address)
{
	cleanup_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	return fd >= 0 && (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN);
}

int clients_listen(struct monitor *m, struct error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (format_path(address.sun_path, sizeof address.sun_path, "%s/sock", m->directory) < 0)
		return fail(error, ENAMETOOLONG, "socket \"%s/sock\": at most %zu bytes", m->directory, sizeof address.sun_path - 1);
	if (answers(&address))
		return fail(error, EEXIST, "monitor of \"%s\"", m->config->id);
	unlink(address.sun_path);
	cleanup_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof address) < 0 || chmod(address.sun_path, 0600) < 0 || listen(fd, BACKLOG) < 0)
		return fail(error, errno, "listen on \"%s\"", address.sun_path);
	m->listener = steal_fd(&fd);
	return 0;
}

void clients_forget(struct monitor *m)
{
	char path[PATH_MAX];
	if (m->listener >= 0 && format_path(path, sizeof path, "%s/sock", m->directory) == 0)
		unlink(path);
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
	return m->clients_top < CLIENTS_MAX ? &m->clients[m->clients_top++] : NULL;
}

/* An empty socket takes a frame this small. The peer closes: it may be sending a request, and a reset would take our words from it. */
static void turn_away(struct monitor *m, int fd)
{
	static const char words[] = "too many connections to this monitor";
	uint8_t frame[FRAME_HEADER + sizeof words];
	frame_header(frame, FRAME_ERROR, 0, sizeof words);
	frame[FRAME_HEADER] = ERROR_EXHAUSTED;
	memcpy(frame + FRAME_HEADER + 1, words, sizeof words - 1);
	(void)!send(fd, frame, sizeof frame, MSG_NOSIGNAL | MSG_DONTWAIT);
	int *place = &m->turned_away[m->turned_away_next++ % TURNED_AWAY_MAX];
	close_fd(place);
	*place = fd;
}

static void on_turned_away(struct monitor *m, void *what, short events)
{
	(void)m;
	(void)events;
	close_fd(what);
}

static void on_listener(struct monitor *m, void *what, short events)
{
	(void)what;
	(void)events;
	int fd = accept4(m->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct client *client = free_slot(m);
	struct ucred peer;
	socklen_t size = sizeof peer;
	if (fd < 0)
		return;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || peer.uid != 0) {
		close(fd);
		return;
	}
	if (client == NULL) {
		turn_away(m, fd);
		return;
	}
	/* The exec is set when there is one: until then its memory is not touched. */
	memset(client, 0, offsetof(struct client, exec));
	client->used = true;
	client->fd = fd;
	client->role = ROLE_CONTROL;
	char text[4096];
	if (client_send(m, client, FRAME_HELLO, 0, text, status_text(m, text, sizeof text)) && m->exit_text_ready)
		client_send(m, client, FRAME_EXIT, 0, m->exit_text, strlen(m->exit_text));
}

/* Takes every whole frame that can be taken now. */
static void process(struct monitor *m, struct client *client)
{
	uint8_t *in = client_in(m, client);
	size_t at = 0;
	while (client->used && client->fd >= 0 && !client->closing) {
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
	if (!client->used || client->fd < 0)
		return;
	client->in_have = client->closing ? 0 : client->in_have - at;
	memmove(in, in + at, client->in_have);
}

static void on_client(struct monitor *m, void *what, short events)
{
	struct client *client = what;
	if (!client->used || client->fd < 0)
		return;
	if (events & POLLOUT)
		client_flush(m, client);
	if (!client->used || client->fd < 0)
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
	if (client->used && client->fd >= 0 && events & (POLLHUP | POLLERR))
		client_drop(m, client);
}

/* Whether the container's or exec's stdin has to take bytes before this client is read again. */
static bool stdin_waits(const struct client *client)
{
	return client->in_have == CLIENT_IN || client->stdin_blocked;
}

void clients_watch(struct monitor *m)
{
	bool any_blocked = false;
	watch(m, m->listener, POLLIN, on_listener, NULL);
	for (unsigned i = 0; i < TURNED_AWAY_MAX; i++)
		watch(m, m->turned_away[i], 0, on_turned_away, &m->turned_away[i]);
	for (unsigned i = 0; i < m->clients_top; i++) {
		struct client *client = &m->clients[i];
		if (!client->used)
			continue;
		short wanted = client->out_have > 0 ? POLLOUT : 0;
		if (client->closing || (!client->in_ended && !stdin_waits(client)))
			wanted |= POLLIN;
		watch(m, client->fd, wanted, on_client, client);
		any_blocked |= client->stdin_blocked && client->role == ROLE_ATTACH;
		if (client->role == ROLE_EXEC)
			exec_watch(m, client);
	}
	if (any_blocked)
		watch(m, m->stdin_fd, POLLOUT, on_stdin_room, NULL);
}

void on_stdin_room(struct monitor *m, void *what, short events)
{
	(void)events;
	for (unsigned i = 0; i < m->clients_top; i++) {
		struct client *client = &m->clients[i];
		if (client->used && client->stdin_blocked && (what == NULL ? client->role == ROLE_ATTACH : client == what))
			process(m, client);
	}
}

int64_t clients_deadline(const struct monitor *m)
{
	int64_t deadline = 0;
	for (unsigned i = 0; i < m->clients_top; i++) {
		const struct client *client = &m->clients[i];
		if (!client->used)
			continue;
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

void clients_settle(struct monitor *m)
{
	for (unsigned i = 0; i < m->clients_top; i++) {
		struct client *client = &m->clients[i];
		if (client->used && client->role == ROLE_EXEC)
			exec_settle(m, client);
		if (client->used && client->in_ended && client->in_have == 0 && !client->closing)
			request_input_ended(m, client);
		if (client->used && client->closing && client->out_have == 0)
			say_goodbye(m, client);
		else if (client->used && client->closing && client->linger_ms != 0 && m->now >= client->linger_ms)
			client_drop(m, client);
	}
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
	if (!client->used || client->fd < 0)
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

void client_enlarge(struct client *client, bool large)
{
	const int size = SEND_BUFFER;
	(void)setsockopt(client->fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
	client->large = large;
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
	if (m->operation.client == client)
		m->operation.client = NULL;
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
	for (unsigned i = 0; i < m->clients_top; i++) {
		struct client *client = &m->clients[i];
		if (!client->used || client->role != ROLE_ATTACH || client->closing || !(stream == 0 ? client->wants_stdout : client->wants_stderr))
			continue;
		for (size_t at = 0, part, most = payload_max(client); at < size; at += part) {
			part = size - at < most ? size - at : most;
			if (!client_send(m, client, stream == 0 ? FRAME_STDOUT : FRAME_STDERR, 0, data + at, part))
				break;
		}
	}
}

void clients_announce_exit(struct monitor *m)
{
	for (unsigned i = 0; i < m->clients_top; i++) {
		struct client *client = &m->clients[i];
		if (!client->used || client->role == ROLE_EXEC || client->closing)
			continue;
		if (client_send(m, client, FRAME_EXIT, 0, m->exit_text, strlen(m->exit_text)) && client->role == ROLE_ATTACH)
			client->closing = true;
	}
}
