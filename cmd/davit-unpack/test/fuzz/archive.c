#include "archive.h"
#include <stdio.h>
#include <string.h>
#include "../../src/tar_header.h"

enum { CHECKSUM_OFFSET = 148, CHECKSUM_BYTES = 8 };

static bool put_octal(struct random *random, unsigned char *field, size_t length, int64_t value)
{
	char text[32];
	const int digits = snprintf(text, sizeof text, "%llo", (unsigned long long)value);
	if (value < 0 || (size_t)digits > length)
		return false;
	/* Zeros or spaces before it, and a NUL, a space or nothing behind it. */
	const size_t before = random_below(random, (uint32_t)(length - (size_t)digits + 1));
	memset(field, random_one_in(random, 4) ? ' ' : '0', before);
	memcpy(field + before, text, (size_t)digits);
	memset(field + before + (size_t)digits, random_one_in(random, 2) ? ' ' : 0, length - before - (size_t)digits);
	return true;
}

bool put_number(struct random *random, unsigned char *field, size_t length, int64_t value)
{
	if (!random_one_in(random, 4) && put_octal(random, field, length, value))
		return true;
	int64_t rest = value;
	for (size_t i = length; i-- > 1; rest >>= 8)
		field[i] = (unsigned char)rest;
	field[0] = value < 0 ? 0xff : 0x80;
	return rest == (value < 0 ? -1 : 0);
}

void sign_header(unsigned char *block)
{
	unsigned sum = 0;
	memset(block + CHECKSUM_OFFSET, ' ', CHECKSUM_BYTES);
	for (size_t i = 0; i < BLOCK_BYTES; i++)
		sum += block[i];
	snprintf((char *)block + CHECKSUM_OFFSET, CHECKSUM_BYTES, "%06o", sum);
}

static void put_text(unsigned char *field, size_t length, const char *text)
{
	const size_t size = text ? strlen(text) : 0;
	if (size > 0)
		memcpy(field, text, size < length ? size : length);
}

void put_header(struct random *random, struct bytes *archive, const struct header_spec *spec)
{
	unsigned char block[BLOCK_BYTES] = {0};
	put_text(block, NAME_FIELD_BYTES, spec->name);
	put_number(random, block + 100, 8, spec->mode);
	put_number(random, block + 108, 8, spec->uid);
	put_number(random, block + 116, 8, spec->gid);
	put_number(random, block + 124, 12, spec->size);
	put_number(random, block + 136, 12, spec->mtime);
	block[156] = (unsigned char)spec->type;
	put_text(block + 157, NAME_FIELD_BYTES, spec->link_name);
	memcpy(block + 257, random_one_in(random, 8) ? "ustar  " : "ustar\00000", 8);
	put_number(random, block + 329, 8, spec->dev_major);
	put_number(random, block + 337, 8, spec->dev_minor);
	put_text(block + 345, PREFIX_FIELD_BYTES, spec->prefix);
	sign_header(block);
	bytes_add(archive, block, sizeof block);
}

void put_padding(struct bytes *archive)
{
	bytes_fill(archive, 0, (BLOCK_BYTES - archive->length % BLOCK_BYTES) % BLOCK_BYTES);
}

void put_metadata(struct random *random, struct bytes *archive, char type, const struct bytes *metadata)
{
	put_header(random, archive, &(struct header_spec){.name = "metadata", .type = type, .size = (int64_t)metadata->length});
	bytes_add(archive, metadata->at, metadata->length);
	put_padding(archive);
}

void put_record(struct bytes *records, const void *key, size_t key_length, const void *value, size_t value_length)
{
	const size_t body = key_length + value_length + 3;
	size_t length = body;
	char digits[24];
	for (size_t before = 0; before != length;) {
		before = length;
		length = body + (size_t)snprintf(digits, sizeof digits, "%zu", length);
	}
	bytes_text(records, digits);
	bytes_text(records, " ");
	bytes_add(records, key, key_length);
	bytes_text(records, "=");
	bytes_add(records, value, value_length);
	bytes_text(records, "\n");
}

void put_text_record(struct bytes *records, const char *key, const char *value)
{
	put_record(records, key, strlen(key), value, strlen(value));
}
