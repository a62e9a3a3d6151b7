/* The header of a gzip member, https://www.rfc-editor.org/rfc/rfc1952#section-2.3, in pieces of any size: ISA-L 2.30 takes one with a checksum for damaged unless it comes whole. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "failure.h"

/* The fields in their order; each but the first is there by its flag. */
enum gzip_field { GZIP_FIXED, GZIP_EXTRA_LENGTH, GZIP_EXTRA, GZIP_NAME, GZIP_COMMENT, GZIP_CHECKSUM, GZIP_DATA };

struct gzip_header {
	enum gzip_field field;
	/* Bytes of the field that have come. */
	size_t at;
	unsigned char flags;
	uint16_t extra_bytes, checksum;
	/* CRC-32 of what has come. */
	uint32_t crc;
};

void gzip_header_begin(struct gzip_header *header);
/* Takes bytes until header->field is GZIP_DATA. Returns how many are done with, or -1 for what is no header. */
ssize_t gzip_header_feed(struct gzip_header *header, const unsigned char *bytes, size_t length, struct failure *failure);
