#include "tar_header.h"
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "limits.h"
#include "text.h"

struct field { size_t start, length; const char *name; };
static const struct field MODE = {100, 8, "mode"}, UID = {108, 8, "uid"}, GID = {116, 8, "gid"}, SIZE = {124, 12, "size"}, MTIME = {136, 12, "mtime"},
	CHECKSUM = {148, 8, "checksum"}, DEV_MAJOR = {329, 8, "devmajor"}, DEV_MINOR = {337, 8, "devminor"};
enum { TYPE_OFFSET = 156, LINK_NAME_OFFSET = 157, MAGIC_OFFSET = 257, PREFIX_OFFSET = 345 };

static void text_at(const unsigned char *block, size_t start, size_t length, char *text)
{
	size_t end = 0;
	while (end < length && block[start + end] != 0)
		end++;
	memcpy(text, block + start, end);
	text[end] = '\0';
}

/* GNU's: the first bit is set, the rest is one number. */
static int base256(const unsigned char *bytes, const struct field *field, int64_t *value, struct failure *failure)
{
	*value = bytes[0] == 0xff ? -1 : bytes[0] & 0x7f;
	for (size_t i = 1; i < field->length; i++) {
		if (*value > MAX_SAFE_INTEGER / 256 || *value < -(MAX_SAFE_INTEGER / 256))
			return refuse(failure, DATA_LOSS, "read tar header: %s has more than 53 bits", field->name);
		*value = *value * 256 + bytes[i];
	}
	return 0;
}

/* An octal number in text, or base-256. */
static int number_at(const unsigned char *block, struct field field, int64_t *value, struct failure *failure)
{
	const unsigned char *bytes = block + field.start;
	struct quote quote;
	bool seen = false;
	if (bytes[0] & 0x80)
		return base256(bytes, &field, value, failure);
	*value = 0;
	for (size_t i = 0; i < field.length; i++) {
		if (bytes[i] >= '0' && bytes[i] <= '7') {
			*value = *value * 8 + (bytes[i] - '0');
			seen = true;
		} else if (bytes[i] != 0 && bytes[i] != ' ') {
			return refuse(failure, DATA_LOSS, "read tar header: %s is %s, want an octal number", field.name, quote_bytes(&quote, (const char *)bytes, field.length));
		} else if (seen) {
			break;
		}
	}
	return 0;
}

/* The sum of the bytes with the checksum's own as spaces; some old programs added signed bytes. */
static void checksum(const unsigned char *block, int64_t *plain, int64_t *with_signs)
{
	*plain = (int64_t)(' ' * CHECKSUM.length);
	int64_t high = 0;
	for (size_t i = 0; i < BLOCK_BYTES; i++) {
		if (i >= CHECKSUM.start && i < CHECKSUM.start + CHECKSUM.length)
			continue;
		*plain += block[i];
		high += block[i] > 127;
	}
	*with_signs = *plain - 256 * high;
}

int parse_tar_header(const unsigned char *block, struct tar_header *header, struct failure *failure)
{
	int64_t plain, with_signs, stored;
	checksum(block, &plain, &with_signs);
	if (plain == (int64_t)(' ' * CHECKSUM.length) && block[CHECKSUM.start] == 0)
		return 0;
	if (number_at(block, CHECKSUM, &stored, failure) < 0)
		return -1;
	if (stored != plain && stored != with_signs)
		return refuse(failure, DATA_LOSS, "read tar header: checksum is %" PRId64 ", want %" PRId64, stored, plain);
	char name[NAME_FIELD_BYTES + 1], prefix[PREFIX_FIELD_BYTES + 1] = "";
	text_at(block, 0, NAME_FIELD_BYTES, name);
	if (memcmp(block + MAGIC_OFFSET, "ustar", 6) == 0)
		text_at(block, PREFIX_OFFSET, PREFIX_FIELD_BYTES, prefix);
	snprintf(header->name, sizeof header->name, "%s%s%s", prefix, prefix[0] ? "/" : "", name);
	text_at(block, LINK_NAME_OFFSET, NAME_FIELD_BYTES, header->link_name);
	header->type = block[TYPE_OFFSET] == 0 ? '0' : (char)block[TYPE_OFFSET];
	header->dev_major = header->dev_minor = 0;
	const bool is_device = header->type == '3' || header->type == '4';
	if (number_at(block, MODE, &header->mode, failure) < 0 || number_at(block, UID, &header->uid, failure) < 0 || number_at(block, GID, &header->gid, failure) < 0
	    || number_at(block, SIZE, &header->size, failure) < 0 || number_at(block, MTIME, &header->mtime, failure) < 0
	    || (is_device && (number_at(block, DEV_MAJOR, &header->dev_major, failure) < 0 || number_at(block, DEV_MINOR, &header->dev_minor, failure) < 0)))
		return -1;
	return 1;
}
