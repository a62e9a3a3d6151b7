#include "new_file.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Less is not worth two more system calls; more would leave out too little where a piece of the archive ends inside a block. */
enum { HOLE_BYTES = 16 * 1024 };
/*
 * Begun pieces of a file are left to the kernel, which would begin to write seconds later: the image is complete when the disk has everything, and would wait for all of it then.
 * Smaller files cost the disk more by themselves than by what is in them, and it takes them better together.
 */
enum { SEND_BYTES = 1024 * 1024 };

int new_file_open(struct new_file *file, int directory, const char *name, mode_t mode)
{
	*file = (struct new_file){.descriptor = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)};
	return file->descriptor < 0 ? errno : 0;
}

static int write_all(struct new_file *file, const unsigned char *bytes, size_t length, struct failure *failure)
{
	while (length > 0) {
		const ssize_t written = write(file->descriptor, bytes, length);
		if (written < 0 && errno != EINTR)
			return fail(failure, errno, "write file");
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
			file->ends_with_hole = false;
		}
	}
	return 0;
}

static bool is_zero(const unsigned char *bytes, size_t length)
{
	/* Compared with itself, one byte further. */
	return bytes[0] == 0 && memcmp(bytes, bytes + 1, length - 1) == 0;
}

static int leave_hole(struct new_file *file, struct failure *failure)
{
	file->ends_with_hole = true;
	return lseek(file->descriptor, HOLE_BYTES, SEEK_CUR) < 0 ? fail(failure, errno, "leave a hole in file") : 0;
}

/* What the last piece ended with goes on in this one, or not. Returns how many bytes of it are done with, or -1. */
static ssize_t continue_zeros(struct new_file *file, const unsigned char *bytes, size_t length, struct failure *failure)
{
	static const unsigned char zeros[HOLE_BYTES];
	const size_t missing = HOLE_BYTES - file->pending_zeros, part = length < missing ? length : missing, pending = file->pending_zeros;
	if (pending == 0)
		return 0;
	if (!is_zero(bytes, part)) {
		file->pending_zeros = 0;
		return write_all(file, zeros, pending, failure);
	}
	file->pending_zeros += part;
	if (file->pending_zeros < HOLE_BYTES)
		return (ssize_t)part;
	file->pending_zeros = 0;
	return leave_hole(file, failure) < 0 ? -1 : (ssize_t)part;
}

/* Has the kernel begin to write up to `end`, and waits for nothing; a tmpfs takes no notice. What fails later is told to who syncs the disk. */
static int send_to_disk(struct new_file *file, int64_t end, struct failure *failure)
{
	const int64_t begin = file->sent_bytes;
	file->sent_bytes = end;
	return sync_file_range(file->descriptor, begin, end - begin, SYNC_FILE_RANGE_WRITE) < 0 ? fail(failure, errno, "write file") : 0;
}

static int append(struct new_file *file, const unsigned char *bytes, size_t length, struct failure *failure)
{
	if (length == 0)
		return 0;
	const ssize_t zeros = continue_zeros(file, bytes, length, failure);
	if (zeros < 0)
		return -1;
	size_t done = (size_t)zeros;
	size_t at = (size_t)((HOLE_BYTES - file->bytes % HOLE_BYTES) % HOLE_BYTES);
	file->bytes += (int64_t)length;
	for (; at + HOLE_BYTES <= length; at += HOLE_BYTES) {
		if (!is_zero(bytes + at, HOLE_BYTES))
			continue;
		if (write_all(file, bytes + done, at - done, failure) < 0 || leave_hole(file, failure) < 0)
			return -1;
		done = at + HOLE_BYTES;
	}
	if (at >= done && at < length && is_zero(bytes + at, length - at))
		file->pending_zeros = length - at;
	else
		at = length;
	return at > done ? write_all(file, bytes + done, at - done, failure) : 0;
}

int new_file_append(struct new_file *file, const unsigned char *bytes, size_t length, struct failure *failure)
{
	if (append(file, bytes, length, failure) < 0)
		return -1;
	/* A piece that ends inside a page would be written twice. */
	const int64_t end = file->bytes - file->bytes % SEND_BYTES;
	return end > file->sent_bytes ? send_to_disk(file, end, failure) : 0;
}

int new_file_complete(struct new_file *file, struct failure *failure)
{
	if ((file->ends_with_hole || file->pending_zeros > 0) && ftruncate(file->descriptor, (off_t)file->bytes) < 0)
		return fail(failure, errno, "set length of file");
	return file->sent_bytes > 0 && file->bytes > file->sent_bytes ? send_to_disk(file, file->bytes, failure) : 0;
}

int new_file_finish(struct new_file *file, const struct timespec *time, struct failure *failure)
{
	const struct timespec times[2] = {*time, *time};
	if (futimens(file->descriptor, times) < 0)
		return fail(failure, errno, "set times of file");
	const int descriptor = file->descriptor;
	file->descriptor = -1;
	return close(descriptor) < 0 ? fail(failure, errno, "close file") : 0;
}

void new_file_close(struct new_file *file)
{
	if (file->descriptor >= 0)
		close(file->descriptor);
	file->descriptor = -1;
}
