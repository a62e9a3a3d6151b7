#include "record.h"
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* Fastest, and headers shrink to a tenth all the same. */
enum { LEVEL = 1, LENGTH_BYTES = 4, FLAG_REPLACED = 1, FLAG_REPLACED_LIST = 2 };

int recorder_open(struct recorder *recorder, const char *file, struct failure *failure)
{
	recorder->used = 0;
	recorder->descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (recorder->descriptor < 0)
		return fail(failure, errno, "make %s", file);
	if (!recorder->compressor)
		recorder->compressor = ZSTD_createCCtx();
	return recorder->compressor ? 0 : fail(failure, ENOMEM, "make %s", file);
}

void recorder_close(struct recorder *recorder)
{
	if (recorder->descriptor >= 0)
		close(recorder->descriptor);
	recorder->descriptor = -1;
}

void recorder_free(struct recorder *recorder)
{
	ZSTD_freeCCtx(recorder->compressor);
}

static int write_all(const struct recorder *recorder, const unsigned char *bytes, size_t length, struct failure *failure)
{
	while (length > 0) {
		const ssize_t written = write(recorder->descriptor, bytes, length);
		if (written < 0 && errno != EINTR)
			return fail(failure, errno, "write the archive's record");
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return 0;
}

static void put_length(unsigned char *out, size_t length)
{
	const uint32_t little = htole32((uint32_t)length);
	memcpy(out, &little, LENGTH_BYTES);
}

static int flush(struct recorder *recorder, struct failure *failure)
{
	const size_t length = ZSTD_compressCCtx(recorder->compressor, recorder->out + LENGTH_BYTES, sizeof recorder->out - LENGTH_BYTES, recorder->frame, recorder->used, LEVEL);
	if (ZSTD_isError(length))
		return refuse(failure, INTERNAL, "write the archive's record: %s", ZSTD_getErrorName(length));
	put_length(recorder->out, length);
	recorder->used = 0;
	return write_all(recorder, recorder->out, LENGTH_BYTES + length, failure);
}

int recorder_write(struct recorder *recorder, const unsigned char *bytes, size_t length, struct failure *failure)
{
	while (length > 0) {
		const size_t room = RECORD_FRAME_BYTES - recorder->used, part = length < room ? length : room;
		memcpy(recorder->frame + recorder->used, bytes, part);
		recorder->used += part;
		bytes += part;
		length -= part;
		if (recorder->used == RECORD_FRAME_BYTES && flush(recorder, failure) < 0)
			return -1;
	}
	return 0;
}

_Static_assert((int)REPLACED_LIST_BYTES < (int)RECORD_FRAME_BYTES, "the list is one frame");

int recorder_finish(struct recorder *recorder, const struct replaced *replaced, struct failure *failure)
{
	unsigned char end[LENGTH_BYTES + 1];
	if (recorder->used > 0 && flush(recorder, failure) < 0)
		return -1;
	put_length(end, 0);
	const bool is_listed = replaced->any && !replaced->overflowed;
	end[LENGTH_BYTES] = (unsigned char)((replaced->any ? FLAG_REPLACED : 0) | (is_listed ? FLAG_REPLACED_LIST : 0));
	if (write_all(recorder, end, sizeof end, failure) < 0)
		return -1;
	if (is_listed && (recorder_write(recorder, (const unsigned char *)replaced->list, replaced->length, failure) < 0 || flush(recorder, failure) < 0))
		return -1;
	const int descriptor = recorder->descriptor;
	recorder->descriptor = -1;
	return close(descriptor) < 0 ? fail(failure, errno, "close the archive's record") : 0;
}
