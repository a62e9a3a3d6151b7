#include "case.h"
#include <stdlib.h>
#include <string.h>

static uint64_t next(struct random *random)
{
	/* splitmix64: seeds that follow each other are as good as any. */
	uint64_t z = random->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint32_t random_below(struct random *random, uint32_t limit)
{
	return (uint32_t)((next(random) >> 32) * limit >> 32);
}

bool random_one_in(struct random *random, uint32_t n)
{
	return random_below(random, n) == 0;
}

bool random_oddly(struct random *random, uint32_t n)
{
	return random_one_in(random, n) && !random->calm;
}

int64_t random_number(struct random *random)
{
	static const unsigned char bits[] = {0, 1, 3, 9, 12, 15, 16, 20, 21, 24, 31, 32, 33, 36, 52, 53, 54, 56, 62};
	if (random_one_in(random, 3))
		return random_below(random, 1000);
	const int64_t value = ((int64_t)1 << bits[random_below(random, sizeof bits)]) - 1 + (int64_t)random_below(random, 3);
	return random_one_in(random, 8) ? -value : value;
}

size_t random_near(struct random *random, size_t limit)
{
	if (random_one_in(random, 4))
		return random_below(random, (uint32_t)limit);
	return limit - 1 + random_below(random, 3);
}

static unsigned char *more_room(struct bytes *bytes, size_t length)
{
	if (bytes->length + length > bytes->room) {
		bytes->room = (bytes->length + length) * 2;
		bytes->at = realloc(bytes->at, bytes->room);
		require(bytes->at != NULL, "no memory");
	}
	unsigned char *place = bytes->at + bytes->length;
	bytes->length += length;
	return place;
}

void bytes_add(struct bytes *bytes, const void *more, size_t length)
{
	if (length > 0)
		memcpy(more_room(bytes, length), more, length);
}

void bytes_fill(struct bytes *bytes, unsigned char value, size_t length)
{
	if (length > 0)
		memset(more_room(bytes, length), value, length);
}

void bytes_text(struct bytes *bytes, const char *text)
{
	bytes_add(bytes, text, strlen(text));
}

void bytes_free(struct bytes *bytes)
{
	free(bytes->at);
	*bytes = (struct bytes){0};
}

static void remove_range(struct bytes *bytes, size_t at, size_t length)
{
	memmove(bytes->at + at, bytes->at + at + length, bytes->length - at - length);
	bytes->length -= length;
}

static void double_range(struct bytes *bytes, size_t at, size_t length)
{
	unsigned char *copy = exactly(bytes->at + at, length);
	bytes_fill(bytes, 0, length);
	memmove(bytes->at + at + length, bytes->at + at, bytes->length - at - length);
	memcpy(bytes->at + at, copy, length);
	free(copy);
}

static void mutate_once(struct random *random, struct bytes *bytes)
{
	static const unsigned char telling[] = {0, 1, ' ', '/', '.', '=', '\n', '0', '7', '8', '9', '-', 0x1f, 0x28, 0x50, 0x7f, 0x80, 0xff};
	const size_t block = random_one_in(random, 2) ? 512 : 1;
	const size_t at = random_below(random, (uint32_t)bytes->length) / block * block, rest = bytes->length - at;
	size_t length = block * (1 + random_below(random, 3));
	length = length < rest ? length : rest;
	switch (random_below(random, 5)) {
	case 0:
		bytes->at[random_below(random, (uint32_t)bytes->length)] ^= (unsigned char)(1u << random_below(random, 8));
		break;
	case 1: case 2:
		bytes->at[random_below(random, (uint32_t)bytes->length)] = telling[random_below(random, sizeof telling)];
		break;
	case 3:
		remove_range(bytes, at, length);
		break;
	default:
		double_range(bytes, at, length);
	}
}

void bytes_mutate(struct random *random, struct bytes *bytes)
{
	for (unsigned n = 1 + random_below(random, 4); n > 0 && bytes->length > 0; n--)
		mutate_once(random, bytes);
	if (random_one_in(random, 4) && bytes->length > 0)
		bytes->length = random_below(random, (uint32_t)bytes->length);
}

unsigned char *exactly(const unsigned char *bytes, size_t length)
{
	unsigned char *copy = malloc(length);
	require(copy != NULL || length == 0, "no memory");
	if (length > 0)
		memcpy(copy, bytes, length);
	return copy;
}

static size_t piece_of(struct random *random, size_t rest)
{
	static const uint32_t sizes[] = {1, 2, 4, 8, 511, 512, 513, 1024, 4096, 100000};
	const size_t size = 1 + random_below(random, sizes[random_below(random, sizeof sizes / sizeof *sizes)]);
	return size < rest ? size : rest;
}

int in_pieces(struct random *random, const struct bytes *bytes, bool whole, int (*take)(void *context, const unsigned char *piece, size_t length), void *context)
{
	int result = 0;
	for (size_t at = 0, length; at < bytes->length && result == 0; at += length) {
		length = whole ? bytes->length : piece_of(random, bytes->length - at);
		unsigned char *piece = exactly(bytes->at + at, length);
		result = take(context, piece, length);
		free(piece);
	}
	return result;
}
