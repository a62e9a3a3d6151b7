/*
 * The bytes of a layer as they come. Who brings them goes on to inflate them where they lie, while a thread of its own hashes them: hashed by who inflates, which is
 * what a large layer waits for, they would make it wait for a sixth longer.
 */
#pragma once
#include <pthread.h>
#include "digest.h"
#include "failure.h"
#include "ring.h"

struct intake {
	struct ring ring;
	pthread_t thread;
	/* Of the thread, until it has ended. */
	struct digest digest;
};

/* Begins a layer; may be called again after intake_finish(). */
int intake_begin(struct intake *intake, enum digest_algorithm algorithm, struct failure *failure);
/* Where the next bytes may be put, at least one; waits until there is room. */
unsigned char *intake_room(struct intake *intake, size_t *room);
/* So many bytes have been put there. They stay until the next intake_room(). */
void intake_advance(struct intake *intake, size_t bytes);
/* There are no more. */
void intake_finish(struct intake *intake, char digest[DIGEST_TEXT_BYTES]);
