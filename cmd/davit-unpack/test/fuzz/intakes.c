/* The bytes of layers, which a thread of its own hashes from some point on, or from the beginning, or never: each digest is that of all bytes, in whatever pieces they come. */
#include <string.h>
#include "case.h"
#include "../../src/intake.h"

/* Several times around the ring. */
enum { MAX_BYTES = 3 * SLOTS * SLOT_BYTES };

static void put(struct random *random, unsigned char *place, size_t length)
{
	/* No two slots alike. */
	memset(place, (int)random_below(random, 256), length);
	place[random_below(random, (uint32_t)length)] = (unsigned char)random_below(random, 256);
}

void fuzz_intake(struct random *random)
{
	/* Used again and again, as for the layers of one process. */
	static struct intake intake = {.ring = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER}};
	const enum digest_algorithm algorithm = random_one_in(random, 4) ? DIGEST_SHA512 : DIGEST_SHA256;
	const size_t most = random_one_in(random, 2) ? SLOT_BYTES : 1 + random_below(random, SLOT_BYTES);
	char got[DIGEST_TEXT_BYTES], want[DIGEST_TEXT_BYTES];
	struct digest expected;
	digest_begin(&expected, algorithm);
	intake_begin(&intake, algorithm);
	for (size_t left = random_below(random, MAX_BYTES), length; left > 0; left -= length) {
		size_t room;
		if (random_one_in(random, 8))
			intake_hash_apart(&intake);
		unsigned char *place = intake_room(&intake, &room);
		require(room > 0, "there is room");
		length = 1 + random_below(random, (uint32_t)(left < most ? left : most));
		length = length < room ? length : room;
		put(random, place, length);
		digest_update(&expected, place, length);
		intake_advance(&intake, length);
	}
	intake_finish(&intake, got);
	digest_text(&expected, want);
	require(strcmp(got, want) == 0, "the digest is that of all bytes");
}
