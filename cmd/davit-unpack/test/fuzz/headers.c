/* The header of an entry: numbers that were written are read, and any block at all is read or refused. */
#include <stdlib.h>
#include <string.h>
#include "../../src/limits.h"
#include "archive.h"
#include "../../src/tar_header.h"

static bool is_readable(int64_t value)
{
	/* Every prefix of its bytes must stay in bounds, too, and those of a negative one are rounded down. */
	return value >= -(MAX_SAFE_INTEGER / 256 * 256) && value <= MAX_SAFE_INTEGER;
}

static void read_written(struct random *random)
{
	unsigned char block[BLOCK_BYTES] = "name";
	struct tar_header header;
	struct failure failure;
	const int64_t size = random_number(random), uid = random_number(random);
	const bool fits = put_number(random, block + 124, 12, size) && put_number(random, block + 108, 8, uid);
	sign_header(block);
	unsigned char *exact = exactly(block, sizeof block);
	const int found = parse_tar_header(exact, &header, &failure);
	free(exact);
	if (!fits)
		return;
	require(found == (is_readable(size) && is_readable(uid) ? 1 : -1), "a header is read, unless a number has more than 53 bits");
	require(found != 1 || (header.size == size && header.uid == uid), "numbers are read as they were written");
}

static void read_anything(struct random *random)
{
	unsigned char block[BLOCK_BYTES];
	struct tar_header header;
	struct failure failure;
	for (size_t i = 0; i < sizeof block; i++)
		block[i] = (unsigned char)(random_one_in(random, 3) ? random_below(random, 256) : '0' + random_below(random, 8));
	if (random_one_in(random, 2))
		memcpy(block + 257, "ustar", 6);
	if (!random_one_in(random, 8))
		sign_header(block);
	unsigned char *exact = exactly(block, sizeof block);
	if (parse_tar_header(exact, &header, &failure) == 1)
		require(strlen(header.name) < sizeof header.name && strlen(header.link_name) < sizeof header.link_name, "names of a header end");
	free(exact);
}

void fuzz_header(struct random *random)
{
	read_written(random);
	read_anything(random);
}
