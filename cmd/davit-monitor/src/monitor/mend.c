/* A kernel that is told to kill a process ends its write() at the next page: what a monitor wrote last may be torn, and the next one goes on behind it. */
#include <fcntl.h>
#include <sys/stat.h>
#include "log.h"

enum { TAIL_READ = 1024, RECORD_MAX = LOG_HEADER_MAX + LOG_LINE_MAX + 1 };

void log_mend(struct log *log)
{
	char tail[TAIL_READ];
	struct stat st;
	/* Ours is for writing only. A FIFO is no file to mend, and is not to be opened for nothing. */
	cleanup_fd int fd = log->fd < 0 || fstat(log->fd, &st) < 0 || !S_ISREG(st.st_mode) ? -1 : open(log->options.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	off_t end = fd < 0 ? 0 : st.st_size, at = end, torn;
	for (bool found = false; at > 0 && !found;) {
		off_t size = at < TAIL_READ ? at : TAIL_READ;
		if (pread(fd, tail, (size_t)size, at - size) != size || end - at > RECORD_MAX)
			return;
		while (size > 0 && !(found = tail[size - 1] == '\n')) {
			size--;
			at--;
		}
	}
	torn = end - at;
	if (torn == 0 || ftruncate(log->fd, at) < 0)
		return;
	log->size = (uint64_t)at;
	log_lose(log, 1, (uint64_t)torn, "at least, as their monitor was killed");
}
