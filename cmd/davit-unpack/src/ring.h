/*
 * Pieces of a stream on their way from one thread to another, in a few buffers that are used again and again, and hashed on the way: by who fills them where it would
 * wait for room, else by who empties them. So neither waits for the other while there is something to hash.
 */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "digest.h"

enum {
	/* A slot and what is done with it fit into a processor's cache. */
	SLOT_BYTES = 256 * 1024,
	/* Inflated ahead of the unpacking, which goes by fits and starts: many small files, then a large one. */
	SLOTS = 16,
};

struct slot {
	size_t length;
	/* Bytes that had come in when this was filled. */
	int64_t compressed_bytes;
	unsigned char bytes[SLOT_BYTES];
};

struct ring {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	/* How many slots were handed on, hashed, and done with, since ring_open(). */
	unsigned long filled, hashed, emptied;
	/* Who is at it has the digest. */
	bool is_hashing;
	bool closed;
	struct digest digest;
	struct slot slots[SLOTS];
};

/* Once. */
void ring_init(struct ring *ring);
/* For what comes next, and its digest; both sides must have done with what came before. */
void ring_open(struct ring *ring, enum digest_algorithm algorithm);
/* For who fills: room in the slot at work, at least one byte; waits for one that is free. */
unsigned char *ring_room(struct ring *ring, size_t *room);
/* So many bytes of the room are filled now. A full slot is handed on. */
void ring_advance(struct ring *ring, size_t bytes, int64_t compressed_bytes);
/* Hands on what is there if the other side has nothing to do. */
void ring_hand_over(struct ring *ring);
/* No more comes: hands on what is there, and hashes what is left. */
void ring_close(struct ring *ring);
/* For who empties: the next slot, NULL after the last; it stays until ring_release(). After the last the digest is that of all. */
struct slot *ring_take(struct ring *ring);
void ring_release(struct ring *ring);
