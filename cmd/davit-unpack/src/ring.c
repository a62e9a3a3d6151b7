#include "ring.h"

void ring_init(struct ring *ring)
{
	pthread_mutex_init(&ring->mutex, NULL);
	pthread_cond_init(&ring->changed, NULL);
}

void ring_open(struct ring *ring)
{
	pthread_mutex_lock(&ring->mutex);
	ring->filled = ring->emptied = 0;
	ring->closed = false;
	ring->slots[0].length = 0;
	pthread_mutex_unlock(&ring->mutex);
}

static struct slot *at_work(struct ring *ring)
{
	return &ring->slots[ring->filled % SLOTS];
}

unsigned char *ring_room(struct ring *ring, size_t *room)
{
	pthread_mutex_lock(&ring->mutex);
	while (ring->filled - ring->emptied == SLOTS)
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
	/* The one that the other side waits for. */
	if (ring->filled - ring->emptied == SLOTS)
		ring->slots[ring->filled % SLOTS].length = 0;
	ring->emptied++;
	pthread_cond_signal(&ring->changed);
	pthread_mutex_unlock(&ring->mutex);
}
