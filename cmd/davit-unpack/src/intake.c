#include "intake.h"

static void *hash(void *context)
{
	struct intake *intake = context;
	for (const struct slot *slot; (slot = ring_take(&intake->ring)) != NULL; ring_release(&intake->ring))
		digest_update(&intake->digest, slot->bytes, slot->length);
	return NULL;
}

void intake_begin(struct intake *intake, enum digest_algorithm algorithm)
{
	ring_open(&intake->ring);
	intake->is_apart = intake->has_thread = false;
	digest_begin(&intake->digest, algorithm);
}

void intake_hash_apart(struct intake *intake)
{
	intake->is_apart = true;
}

unsigned char *intake_room(struct intake *intake, size_t *room)
{
	return ring_room(&intake->ring, room);
}

int intake_advance(struct intake *intake, size_t bytes, struct failure *failure)
{
	if (intake->has_thread) {
		ring_advance(&intake->ring, bytes, 0);
		return 0;
	}
	/* Nothing is handed over: the next bytes come to the same place. */
	size_t room;
	digest_update(&intake->digest, ring_room(&intake->ring, &room), bytes);
	if (!intake->is_apart)
		return 0;
	const int number = pthread_create(&intake->thread, NULL, hash, intake);
	intake->has_thread = number == 0;
	return number == 0 ? 0 : fail(failure, number, "unpack layer: start a thread");
}

void intake_finish(struct intake *intake, char digest[DIGEST_TEXT_BYTES])
{
	ring_close(&intake->ring);
	if (intake->has_thread)
		pthread_join(intake->thread, NULL);
	digest_text(&intake->digest, digest);
}
