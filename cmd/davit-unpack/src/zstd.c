#include "inflate.h"
#include <errno.h>
#include <string.h>
#include <zstd_errors.h>

static int give(struct inflater *inflater, const unsigned char *bytes, size_t length, size_t *done, struct failure *failure)
{
	struct zstd *zstd = &inflater->zstd;
	ZSTD_inBuffer in = {bytes, length, 0};
	bool full;
	do {
		size_t room;
		ZSTD_outBuffer out = {ring_room(inflater->out, &room), room, 0};
		const size_t result = ZSTD_decompressStream(zstd->stream, &out, &in);
		if (ZSTD_isError(result))
			return refuse(failure, ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation ? RESOURCE_EXHAUSTED : DATA_LOSS, "inflate zstd: %s", ZSTD_getErrorName(result));
		full = out.pos == room;
		ring_advance(inflater->out, out.pos, inflater->compressed_bytes);
		if (result == 0) {
			zstd->in_frame = false;
			zstd->magic_bytes = 0;
			break;
		}
	} while (in.pos < in.size || full);
	*done = in.pos;
	return 0;
}

/* Only frames of today's format and skippable ones: the library may know older ones. */
static bool is_frame(const unsigned char magic[MAGIC_BYTES])
{
	return memcmp(magic, "\x28\xb5\x2f\xfd", MAGIC_BYTES) == 0 || ((magic[0] & 0xf0) == 0x50 && memcmp(magic + 1, "\x2a\x4d\x18", 3) == 0);
}

/* Takes bytes of a frame's magic. */
static int begin_frame(struct inflater *inflater, const unsigned char *bytes, size_t length, size_t *done, struct failure *failure)
{
	struct zstd *zstd = &inflater->zstd;
	const size_t missing = MAGIC_BYTES - zstd->magic_bytes;
	*done = length < missing ? length : missing;
	memcpy(zstd->magic + zstd->magic_bytes, bytes, *done);
	zstd->magic_bytes += *done;
	if (zstd->magic_bytes < MAGIC_BYTES)
		return 0;
	if (!is_frame(zstd->magic))
		return refuse(failure, DATA_LOSS, "inflate zstd: something else follows a frame, want another frame");
	zstd->in_frame = true;
	size_t given;
	return give(inflater, zstd->magic, MAGIC_BYTES, &given, failure);
}

int zstd_feed(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure)
{
	struct zstd *zstd = &inflater->zstd;
	if (!zstd->stream && !(zstd->stream = ZSTD_createDStream()))
		return fail(failure, ENOMEM, "inflate zstd");
	while (length > 0) {
		size_t done;
		if (!zstd->in_frame && zstd->magic_bytes == 0)
			ZSTD_initDStream(zstd->stream);
		if ((zstd->in_frame ? give(inflater, bytes, length, &done, failure) : begin_frame(inflater, bytes, length, &done, failure)) < 0)
			return -1;
		bytes += done;
		length -= done;
	}
	return 0;
}

int zstd_finish(const struct zstd *zstd, struct failure *failure)
{
	return zstd->in_frame || zstd->magic_bytes > 0 ? refuse(failure, DATA_LOSS, "inflate zstd: the data ends too early") : 0;
}
