#include "ring.h"

void ring_init(struct ring *ring)
{
	pthread_mutex_init(&ring->mutex, NULL);
	pthread_cond_init(&ring->changed, NULL);
}

void ring_open(struct ring *ring, enum digest_algorithm algorithm)
{
	pthread_mutex_lock(&ring->mutex);
	ring->filled = ring->hashed = ring->emptied = 0;
	ring->is_hashing = ring->closed = false;
	ring->slots[0].length = 0;
	digest_begin(&ring->digest, algorithm);
	pthread_mutex_unlock(&ring->mutex);
}

static struct slot *at_work(struct ring *ring)
{
	return &ring->slots[ring->filled % SLOTS];
}

/* Hashes the next slot that is not yet, with the mutex held but for that while. Returns false when there is none, or the other side does it. */
static bool hash_next(struct ring *ring)
{
	if (ring->is_hashing || ring->hashed == ring->filled)
		return false;
	const struct slot *slot = &ring->slots[ring->hashed % SLOTS];
	ring->is_hashing = true;
	pthread_mutex_unlock(&ring->mutex);
	digest_update(&ring->digest, slot->bytes, slot->length);
	pthread_mutex_lock(&ring->mutex);
	ring->is_hashing = false;
	ring->hashed++;
	pthread_cond_signal(&ring->changed);
	return true;
}

unsigned char *ring_room(struct ring *ring, size_t *room)
{
	pthread_mutex_lock(&ring->mutex);
	while (ring->filled - ring->emptied == SLOTS)
		if (!hash_next(ring))
			pthread_cond_wait(&ring->changed, &ring->mutex);
	pthread_mutex_unlock(&ring->mutex);
	struct slot *slot = at_work(ring);
	*room = SLOT_BYTES - slot->length;
	return slot->bytes + slot->length;
}

/* With the mutex held. */
static void hand_on(struct ring *ring)
{
	ring->filled++;
	/* It may be at work on the other side still; it is looked at when it is free. */
	if (ring->filled - ring->emptied < SLOTS)
		at_work(ring)->length = 0;
	pthread_cond_signal(&ring->changed);
}

void ring_advance(struct ring *ring, size_t bytes, int64_t compressed_bytes)
{
	struct slot *slot = at_work(ring);
	slot->length += bytes;
	slot->compressed_bytes = compressed_bytes;
	if (slot->length < SLOT_BYTES)
		return;
	pthread_mutex_lock(&ring->mutex);
	hand_on(ring);
	pthread_mutex_unlock(&ring->mutex);
}

void ring_hand_over(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	if (ring->filled == ring->emptied && at_work(ring)->length > 0)
		hand_on(ring);
	pthread_mutex_unlock(&ring->mutex);
}

void ring_close(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	if (ring->filled - ring->emptied < SLOTS && at_work(ring)->length > 0)
		hand_on(ring);
	ring->closed = true;
	pthread_cond_signal(&ring->changed);
	while (hash_next(ring))
		;
	pthread_mutex_unlock(&ring->mutex);
}

struct slot *ring_take(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	while (ring->filled == ring->emptied && !ring->closed)
		pthread_cond_wait(&ring->changed, &ring->mutex);
	struct slot *slot = ring->filled == ring->emptied ? NULL : &ring->slots[ring->emptied % SLOTS];
	pthread_mutex_unlock(&ring->mutex);
	return slot;
}

void ring_release(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	while (ring->hashed == ring->emptied)
		if (!hash_next(ring))
			pthread_cond_wait(&ring->changed, &ring->mutex);
	/* The one that the other side waits for. */
	if (ring->filled - ring->emptied == SLOTS)
		ring->slots[ring->filled % SLOTS].length = 0;
	ring->emptied++;
	pthread_cond_signal(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}
