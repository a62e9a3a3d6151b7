#include "inflate.h"
#include <string.h>

static int detect_compression(struct inflater *inflater, struct failure *failure)
{
	const unsigned char *head = inflater->head;
	const size_t length = inflater->head_bytes;
	inflater->compression = COMPRESSION_PLAIN;
	if (length >= 2 && memcmp(head, "\x1f\x8b", 2) == 0)
		inflater->compression = COMPRESSION_GZIP;
	else if (length >= 4 && (memcmp(head, "\x28\xb5\x2f\xfd", 4) == 0 || ((head[0] & 0xf0) == 0x50 && memcmp(head + 1, "\x2a\x4d\x18", 3) == 0))) /* the second: a skippable frame */
		inflater->compression = COMPRESSION_ZSTD;
	else if (length >= 3 && memcmp(head, "BZh", 3) == 0)
		return refuse(failure, UNIMPLEMENTED, "unpack layer: bzip2 is not a compression of image layers");
	else if (length >= 4 && memcmp(head, "\xfd\x37\x7a\x58", 4) == 0)
		return refuse(failure, UNIMPLEMENTED, "unpack layer: xz is not a compression of image layers");
	return 0;
}

void inflater_begin(struct inflater *inflater, struct ring *out)
{
	inflater->compression = COMPRESSION_UNKNOWN;
	inflater->out = out;
	inflater->compressed_bytes = 0;
	inflater->head_bytes = 0;
	gzip_begin(&inflater->gzip);
	inflater->zstd.magic_bytes = 0;
	inflater->zstd.in_frame = false;
}

static void copy(struct inflater *inflater, const unsigned char *bytes, size_t length)
{
	while (length > 0) {
		size_t room;
		unsigned char *place = ring_room(inflater->out, &room);
		const size_t part = length < room ? length : room;
		memcpy(place, bytes, part);
		ring_advance(inflater->out, part, inflater->compressed_bytes);
		bytes += part;
		length -= part;
	}
}

static int feed_known(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure)
{
	switch (inflater->compression) {
	case COMPRESSION_GZIP:
		return gzip_feed(inflater, bytes, length, failure);
	case COMPRESSION_ZSTD:
		return zstd_feed(inflater, bytes, length, failure);
	case COMPRESSION_PLAIN: case COMPRESSION_UNKNOWN:
		copy(inflater, bytes, length);
	}
	return 0;
}

int inflater_feed(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure)
{
	inflater->compressed_bytes += (int64_t)length;
	if (inflater->compression == COMPRESSION_UNKNOWN) {
		const size_t missing = MAGIC_BYTES - inflater->head_bytes, part = length < missing ? length : missing;
		memcpy(inflater->head + inflater->head_bytes, bytes, part);
		inflater->head_bytes += part;
		if (inflater->head_bytes < MAGIC_BYTES)
			return 0;
		if (detect_compression(inflater, failure) < 0 || feed_known(inflater, inflater->head, MAGIC_BYTES, failure) < 0)
			return -1;
		bytes += part;
		length -= part;
	}
	return feed_known(inflater, bytes, length, failure);
}

void inflater_free(struct inflater *inflater)
{
	ZSTD_freeDStream(inflater->zstd.stream);
}

int inflater_finish(struct inflater *inflater, struct failure *failure)
{
	if (inflater->compression == COMPRESSION_UNKNOWN && (detect_compression(inflater, failure) < 0 || feed_known(inflater, inflater->head, inflater->head_bytes, failure) < 0))
		return -1;
	if (inflater->compression == COMPRESSION_GZIP)
		return gzip_finish(&inflater->gzip, failure);
	return inflater->compression == COMPRESSION_ZSTD ? zstd_finish(&inflater->zstd, failure) : 0;
}
