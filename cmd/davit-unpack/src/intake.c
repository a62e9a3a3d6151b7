#include "intake.h"

static void *hash(void *context)
{
	struct intake *intake = context;
	while (ring_take(&intake->ring))
		ring_release(&intake->ring);
	return NULL;
}

void intake_begin(struct intake *intake, enum digest_algorithm algorithm)
{
	ring_open(&intake->ring, algorithm);
	intake->has_thread = false;
}

void intake_hash_apart(struct intake *intake)
{
	/* Without a thread the layer goes on as one does that has no processor for it. */
	if (!intake->has_thread)
		intake->has_thread = pthread_create(&intake->thread, NULL, hash, intake) == 0;
}

unsigned char *intake_room(struct intake *intake, size_t *room)
{
	return ring_room(&intake->ring, room);
}

void intake_advance(struct intake *intake, size_t bytes)
{
	size_t room;
	if (intake->has_thread)
		ring_advance(&intake->ring, bytes, 0);
	else /* Nothing is handed over: the next bytes come to the same place. */
		digest_update(&intake->ring.digest, ring_room(&intake->ring, &room), bytes);
}

void intake_finish(struct intake *intake, char digest[DIGEST_TEXT_BYTES])
{
	ring_close(&intake->ring);
	if (intake->has_thread)
		pthread_join(intake->thread, NULL);
	digest_text(&intake->ring.digest, digest);
}
