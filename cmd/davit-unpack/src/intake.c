#include "intake.h"

static void *hash(void *context)
{
	struct intake *intake = context;
	for (const struct slot *slot; (slot = ring_take(&intake->ring)) != NULL; ring_release(&intake->ring))
		digest_update(&intake->digest, slot->bytes, slot->length);
	return NULL;
}

int intake_begin(struct intake *intake, enum digest_algorithm algorithm, struct failure *failure)
{
	ring_open(&intake->ring);
	digest_begin(&intake->digest, algorithm);
	const int number = pthread_create(&intake->thread, NULL, hash, intake);
	return number == 0 ? 0 : fail(failure, number, "unpack layer: start a thread");
}

unsigned char *intake_room(struct intake *intake, size_t *room)
{
	return ring_room(&intake->ring, room);
}

void intake_advance(struct intake *intake, size_t bytes)
{
	ring_advance(&intake->ring, bytes, 0);
}

void intake_finish(struct intake *intake, char digest[DIGEST_TEXT_BYTES])
{
	ring_close(&intake->ring);
	pthread_join(intake->thread, NULL);
	digest_text(&intake->digest, digest);
}
