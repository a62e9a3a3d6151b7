/*
 * The bytes of a layer as they come. Who brings them hashes them and goes on to inflate them where they lie, or a thread of their own hashes them: a layer that is unpacked alone is done
 * earlier so. With a thread more for each of several layers, what is to run beside a pull waits longer for a processor; so the daemon, which knows of all layers, says when.
 */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include "digest.h"
#include "ring.h"

struct intake {
	struct ring ring;
	bool has_thread;
	pthread_t thread;
};

/* Begins a layer; may be called again after intake_finish(). */
void intake_begin(struct intake *intake, enum digest_algorithm algorithm);
/* What comes from now on is hashed by a thread of its own, if the kernel gives one; may be called again. */
void intake_hash_apart(struct intake *intake);
/* Where the next bytes may be put, at least one; waits until there is room. */
unsigned char *intake_room(struct intake *intake, size_t *room);
/* So many bytes have been put there. They stay until the next intake_room(). */
void intake_advance(struct intake *intake, size_t bytes);
/* There are no more. */
void intake_finish(struct intake *intake, char digest[DIGEST_TEXT_BYTES]);
