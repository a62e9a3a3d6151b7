/* What a process in the container has for its three streams: pipes, or a terminal that the runtime makes and sends over a console socket. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include "monitor.h"

int open_pipe(int pipe[2], int our_end)
{
	/* A process that is not root opens /dev/stdout anew: that needs the mode of the pipe's inode. */
	if (pipe2(pipe, O_CLOEXEC) < 0 || fchmod(pipe[0], 0666) < 0 || fcntl(pipe[our_end], F_SETFL, O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

int open_lasting_pipe(int pipe[2])
{
	char path[32];
	int result = open_pipe(pipe, 0);
	if (result < 0 || format_path(path, sizeof path, "/proc/self/fd/%d", pipe[1]) < 0)
		return result;
	int both = open(path, O_RDWR | O_CLOEXEC);
	if (both < 0)
		return -errno;
	close(pipe[1]);
	pipe[1] = both;
	return 0;
}

bool grow_pipe(int fd, int wanted)
{
	int size = fcntl(fd, F_GETPIPE_SZ);
	return size >= 0 && size < wanted && fcntl(fd, F_SETPIPE_SZ, wanted) >= 0;
}

int open_plumbing(struct plumbing *p, bool terminal, bool with_stdin, const char *console_path)
{
	int result = 0;
	if (p->err[0] < 0)
		result = open_pipe(p->err, 0);
	if (result == 0 && terminal)
		result = p->console = unix_listen(console_path, 1);
	else if (result == 0 && p->out[0] < 0)
		result = open_pipe(p->out, 0);
	if (result == 0 && with_stdin && !terminal)
		result = open_pipe(p->in, 1);
	return result < 0 ? result : 0;
}

void close_plumbing(struct plumbing *p)
{
	for (unsigned i = 0; i < 2; i++) {
		close_fd(&p->in[i]);
		close_fd(&p->out[i]);
		close_fd(&p->err[i]);
	}
	close_fd(&p->console);
}
