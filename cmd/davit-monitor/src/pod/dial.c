/*
 * dial: connects to a port of the local host inside a pod's network, IPv4 first, then IPv6, and tells the daemon on its socket which
 * descriptor of this process the connection is. The daemon takes it from here (pidfd_getfd) and hangs up, so that no byte of it passes here.
 */
#include "dial.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "wire/frame.h"
#include "system/io.h"

enum { CONNECT_MS = 10 * 1000, TAKE_MS = 10 * 1000 };

/* An empty path is the network we are in. */
static int enter_network(const char *path, struct error *error)
{
	if (path[0] == '\0')
		return 0;
	cleanup_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET) < 0)
		return fail(error, errno, "enter network namespace \"%s\"", path);
	return 0;
}

/* A descriptor or -errno. */
static int connect_to(const struct sockaddr *address, socklen_t size)
{
	int problem = 0;
	socklen_t length = sizeof problem;
	cleanup_fd int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, address, size) == 0)
		return steal_fd(&fd);
	if (errno != EINPROGRESS)
		return -errno;
	struct pollfd ready = {.fd = fd, .events = POLLOUT};
	int count = poll(&ready, 1, CONNECT_MS);
	if (count <= 0)
		return count < 0 ? -errno : -ETIMEDOUT;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &problem, &length) < 0)
		return -errno;
	return problem != 0 ? -problem : steal_fd(&fd);
}

static int connect_local(uint16_t port, struct error *error)
{
	const struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int first = connect_to((const struct sockaddr *)&v4, sizeof v4);
	if (first >= 0)
		return first;
	int second = connect_to((const struct sockaddr *)&v6, sizeof v6);
	if (second >= 0)
		return second;
	return fail(error, 0, "connect to 127.0.0.1:%d: %s; [::1]:%d: %s", port, strerror(-first), port, strerror(-second));
}

static int call_daemon(const char *path, struct error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (format_path(address.sun_path, sizeof address.sun_path, "%s", path) < 0)
		return fail(error, ENAMETOOLONG, "socket \"%s\"", path);
	cleanup_fd int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) < 0)
		return fail(error, errno, "connect to \"%s\"", path);
	return steal_fd(&fd);
}

static int dial(char **arguments, struct error *error)
{
	int64_t port;
	char text[256], end;
	unsigned count = 0;
	while (arguments[count] != NULL)
		count++;
	if (count != 4 || parse_number(arguments[1], 1, UINT16_MAX, &port) < 0)
		return fail(error, 0, "usage: davit-monitor dial NAMESPACE PORT SOCKET TOKEN");
	int result = enter_network(arguments[0], error);
	if (result < 0)
		return result;
	cleanup_fd int connection = connect_local((uint16_t)port, error);
	if (connection < 0)
		return connection;
	cleanup_fd int daemon_fd = call_daemon(arguments[2], error);
	if (daemon_fd < 0)
		return daemon_fd;
	int length = snprintf(text, sizeof text, "token=%s\npid=%d\nfd=%d\n", arguments[3], (int)getpid(), connection);
	if (length >= (int)sizeof text || write_all(daemon_fd, text, (size_t)length) < 0)
		return fail(error, EPIPE, "tell the daemon");
	/* It hangs up when it has the connection, or has died. */
	if (wait_readable(daemon_fd, TAKE_MS) > 0)
		(void)!read(daemon_fd, &end, 1);
	return 0;
}

int dial_main(char **arguments)
{
	struct error error;
	if (dial(arguments, &error) == 0)
		return 0;
	dprintf(STDERR_FILENO, "%s\n", error.text);
	return ERROR_INTERNAL;
}
