/* The console socket: the runtime makes the pty and sends us its master. Or somebody else has kept that. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "monitor.h"

int console_receive(int connection)
{
	union { struct cmsghdr header; char space[CMSG_SPACE(sizeof(int))]; } control;
	char name[256];
	struct iovec data = {.iov_base = name, .iov_len = sizeof name};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	if (recvmsg(connection, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) < 0)
		return -errno;
	const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
	if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof(int)))
		return -EPROTO;
	int master;
	memcpy(&master, CMSG_DATA(header), sizeof master);
	if (fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK) < 0) {
		close(master);
		return -errno;
	}
	return master;
}

int console_accept(int listener)
{
	cleanup_fd int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return -errno;
	int ready = wait_readable(fd, CONSOLE_MS);
	return ready > 0 ? console_receive(fd) : ready < 0 ? ready : -ETIMEDOUT;
}

int console_resize(int master, uint16_t rows, uint16_t columns)
{
	const struct winsize size = {.ws_row = rows, .ws_col = columns};
	return ioctl(master, TIOCSWINSZ, &size) < 0 ? -errno : 0;
}

bool console_name(int master, unsigned long long name[2])
{
	struct stat st;
	unsigned number;
	/* No other kind of file has such a number, the terminal's other side neither. */
	if (master < 0 || fstat(master, &st) < 0 || syscall(SYS_ioctl, master, TIOCGPTN, &number) < 0)
		return false;
	name[0] = (unsigned long long)st.st_dev;
	name[1] = number;
	return true;
}

int console_take(pid_t holder, int fd)
{
	cleanup_fd int pidfd = (int)syscall(SYS_pidfd_open, holder, 0);
	int master = pidfd < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, fd, 0);
	return master < 0 ? -errno : master;
}
