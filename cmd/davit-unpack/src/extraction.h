/*
 * One layer on its way to the disk: digest of what comes in, decompression, digest of the archive, unpacking, in one pass. The thread that
 * brings the bytes inflates them, another one unpacks; whichever has time hashes the archive, and where the daemon says so a third one hashes what comes in. Memory is a few buffers.
 */
#pragma once
#include "inflate.h"
#include "intake.h"
#include "orders.h"
#include "record.h"
#include "report.h"
#include "unpack.h"

struct extraction {
	const struct request *request;
	pthread_t thread;
	struct intake intake;
	struct ring ring;
	struct inflater inflater;
	/* Of the thread that unpacks, until it has ended. */
	struct tar_reader reader;
	struct unpacker unpacker;
	struct recorder recorder;
	int64_t uncompressed_bytes;
	int64_t told_ms;
};

/* One for all layers of a process; they come one after another. NULL without memory. */
struct extraction *extraction_new(void);
/* Not while a layer is under way. */
void extraction_free(struct extraction *extraction);
/* `request` must stay until extraction_finish(). What goes wrong from now on ends the process. */
void extraction_begin(struct extraction *extraction, const struct request *request);
/* A processor is free for a third thread from now on. */
void extraction_hash_apart(struct extraction *extraction);
/* Where the next bytes of the layer are to be put, at least one. */
unsigned char *extraction_room(struct extraction *extraction, size_t *room);
/* So many bytes are there. */
void extraction_received(struct extraction *extraction, const unsigned char *bytes, size_t length);
/* The layer is complete. */
void extraction_finish(struct extraction *extraction, struct result *result);
