/*
 * The bytes of a layer as they come. Who brings them hashes them and goes on to inflate them where they lie. A large layer, which the others are done before, would wait for the hashing
 * a sixth longer: the rest of it is hashed by a thread of its own. With a thread more for each layer, what is to run beside a pull waits longer for a processor.
 */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include "digest.h"
#include "failure.h"
#include "ring.h"

/* What has come of a layer that counts as large from here on. */
#ifndef LARGE_BYTES
enum { LARGE_BYTES = 64 * 1024 * 1024 };
#endif

struct intake {
	struct ring ring;
	int64_t bytes;
	bool has_thread;
	pthread_t thread;
	/* Of the thread while there is one. */
	struct digest digest;
};

/* Begins a layer; may be called again after intake_finish(). */
void intake_begin(struct intake *intake, enum digest_algorithm algorithm);
/* Where the next bytes may be put, at least one; waits until there is room. */
unsigned char *intake_room(struct intake *intake, size_t *room);
/* So many bytes have been put there. They stay until the next intake_room(). */
int intake_advance(struct intake *intake, size_t bytes, struct failure *failure);
/* There are no more. */
void intake_finish(struct intake *intake, char digest[DIGEST_TEXT_BYTES]);
