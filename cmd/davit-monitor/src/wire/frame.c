#include "frame.h"
#include <errno.h>
#include <string.h>

int frame_parse(const uint8_t *buffer, size_t have, uint32_t payload_max, struct frame *frame)
{
	if (have < FRAME_HEADER)
		return 0;
	struct reader reader = {.at = buffer, .left = FRAME_HEADER};
	frame->length = (uint32_t)read_number(&reader, 4);
	frame->type = (uint8_t)read_number(&reader, 1);
	uint8_t reserved = (uint8_t)read_number(&reader, 1);
	frame->id = (uint16_t)read_number(&reader, 2);
	if (reserved != 0)
		return -EPROTO;
	if (frame->length > payload_max)
		return -EMSGSIZE;
	if (have - FRAME_HEADER < frame->length)
		return 0;
	frame->payload = buffer + FRAME_HEADER;
	return 1;
}

void frame_header(uint8_t *header, enum frame_type type, uint16_t id, uint32_t length)
{
	write_number(header, 4, length);
	header[4] = (uint8_t)type;
	header[5] = 0;
	write_number(header + 6, 2, id);
}

uint64_t read_number(struct reader *reader, unsigned bytes)
{
	if (reader->bad || reader->left < bytes) {
		reader->bad = 1;
		return 0;
	}
	uint64_t value = 0;
	for (unsigned i = 0; i < bytes; i++)
		value |= (uint64_t)reader->at[i] << (8 * i);
	reader->at += bytes;
	reader->left -= bytes;
	return value;
}

const char *read_string(struct reader *reader)
{
	size_t length = (size_t)read_number(reader, 4);
	if (reader->bad || length >= reader->left || memchr(reader->at, '\0', length + 1) != reader->at + length) {
		reader->bad = 1;
		return NULL;
	}
	const char *text = (const char *)reader->at;
	reader->at += length + 1;
	reader->left -= length + 1;
	return text;
}

void write_number(uint8_t *at, unsigned bytes, uint64_t value)
{
	for (unsigned i = 0; i < bytes; i++)
		at[i] = (uint8_t)(value >> (8 * i));
}
