#include "gzip_header.h"
#include <stdbool.h>
#include <isa-l/crc.h>

enum { FLAG_CHECKSUM = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, RESERVED_FLAGS = 0xe0 };
/* Of the fixed part: magic, method, flags, time, extra flags, system. */
enum { METHOD_OFFSET = 2, FLAGS_OFFSET = 3, FIXED_BYTES = 10, METHOD_DEFLATE = 8 };

void gzip_header_begin(struct gzip_header *header)
{
	*header = (struct gzip_header){.field = GZIP_FIXED};
}

static int take_fixed(struct gzip_header *header, unsigned char byte, struct failure *failure)
{
	static const unsigned char magic[METHOD_OFFSET] = {0x1f, 0x8b};
	if (header->at < METHOD_OFFSET && byte != magic[header->at])
		return refuse(failure, DATA_LOSS, "inflate gzip: the data has an invalid header");
	if (header->at == METHOD_OFFSET && byte != METHOD_DEFLATE)
		return refuse(failure, DATA_LOSS, "inflate gzip: the data has the unknown compression method %u", byte);
	if (header->at == FLAGS_OFFSET)
		header->flags = byte;
	/* "must give an error indication if any reserved bit is non-zero" */
	return header->flags & RESERVED_FLAGS ? refuse(failure, DATA_LOSS, "inflate gzip: a header has the unknown flags 0x%x", header->flags) : 0;
}

/* Whether the field at work is complete with the byte that has come last, the `at`th of it. */
static bool is_complete(const struct gzip_header *header, unsigned char byte)
{
	switch (header->field) {
	case GZIP_FIXED:
		return header->at == FIXED_BYTES;
	case GZIP_EXTRA_LENGTH: case GZIP_CHECKSUM:
		return header->at == 2;
	case GZIP_EXTRA:
		return header->at == header->extra_bytes;
	case GZIP_NAME: case GZIP_COMMENT:
		return byte == 0;
	case GZIP_DATA:
		break;
	}
	return true;
}

static bool is_there(const struct gzip_header *header)
{
	static const unsigned char flags[] = {[GZIP_EXTRA_LENGTH] = FLAG_EXTRA, [GZIP_EXTRA] = FLAG_EXTRA, [GZIP_NAME] = FLAG_NAME, [GZIP_COMMENT] = FLAG_COMMENT, [GZIP_CHECKSUM] = FLAG_CHECKSUM};
	if (header->field == GZIP_DATA)
		return true;
	return (header->flags & flags[header->field]) && (header->field != GZIP_EXTRA || header->extra_bytes > 0);
}

static int take_byte(struct gzip_header *header, unsigned char byte, struct failure *failure)
{
	const unsigned shift = header->at == 0 ? 0 : 8;
	if (header->field == GZIP_FIXED && take_fixed(header, byte, failure) < 0)
		return -1;
	if (header->field == GZIP_EXTRA_LENGTH)
		header->extra_bytes = (uint16_t)(header->extra_bytes | byte << shift);
	if (header->field == GZIP_CHECKSUM)
		header->checksum = (uint16_t)(header->checksum | byte << shift);
	else
		header->crc = crc32_gzip_refl(header->crc, &byte, 1);
	header->at++;
	if (!is_complete(header, byte))
		return 0;
	if (header->field == GZIP_CHECKSUM && header->checksum != (uint16_t)header->crc)
		return refuse(failure, DATA_LOSS, "inflate gzip: a header has a wrong checksum");
	header->at = 0;
	do
		header->field++;
	while (!is_there(header));
	return 0;
}

ssize_t gzip_header_feed(struct gzip_header *header, const unsigned char *bytes, size_t length, struct failure *failure)
{
	size_t done = 0;
	for (; done < length && header->field != GZIP_DATA; done++)
		if (take_byte(header, bytes[done], failure) < 0)
			return -1;
	return (ssize_t)done;
}
