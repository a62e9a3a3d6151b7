#include "extraction.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRESS_INTERVAL_MS = 200 };

struct extraction *extraction_new(void)
{
	struct extraction *extraction = calloc(1, sizeof *extraction);
	if (!extraction)
		return NULL;
	ring_init(&extraction->ring);
	ring_init(&extraction->intake.ring);
	extraction->recorder.descriptor = -1;
	return extraction;
}

void extraction_free(struct extraction *extraction)
{
	if (!extraction)
		return;
	inflater_free(&extraction->inflater);
	recorder_free(&extraction->recorder);
	free(extraction);
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int check_size(const struct extraction *extraction, int64_t compressed_bytes, struct failure *failure)
{
	const struct limits *limits = &extraction->request->limits;
	const int64_t bytes = extraction->uncompressed_bytes;
	if (bytes > limits->max_uncompressed_bytes)
		return refuse(failure, RESOURCE_EXHAUSTED, "unpack layer: more than %" PRId64 " bytes uncompressed", limits->max_uncompressed_bytes);
	if (bytes > limits->ratio_grace_bytes && bytes / limits->max_ratio > compressed_bytes)
		return refuse(failure, RESOURCE_EXHAUSTED, "unpack layer: %" PRId64 " bytes became %" PRId64 ", more than %" PRId64 " times as many", compressed_bytes, bytes, limits->max_ratio);
	return 0;
}

static int take(struct extraction *extraction, const struct slot *slot, struct failure *failure)
{
	extraction->uncompressed_bytes += (int64_t)slot->length;
	if (check_size(extraction, slot->compressed_bytes, failure) < 0)
		return -1;
	if (tar_push(&extraction->reader, slot->bytes, slot->length, failure) < 0)
		return -1;
	const int64_t now = now_ms();
	if (now - extraction->told_ms >= PROGRESS_INTERVAL_MS) {
		extraction->told_ms = now;
		report_progress(extraction->uncompressed_bytes, extraction->reader.entries);
	}
	return 0;
}

static int unpack(struct extraction *extraction, struct failure *failure)
{
	const struct request *request = extraction->request;
	struct recorder *recorder = &extraction->recorder;
	if (unpacker_open(&extraction->unpacker, request->directory, &request->limits, failure) < 0 || recorder_open(recorder, request->record_file, failure) < 0)
		return -1;
	for (const struct slot *slot; (slot = ring_take(&extraction->ring)) != NULL; ring_release(&extraction->ring))
		if (take(extraction, slot, failure) < 0)
			return -1;
	if (tar_finish(&extraction->reader, failure) < 0 || unpacker_finish(&extraction->unpacker, request->implied_file, failure) < 0)
		return -1;
	return recorder_finish(recorder, &extraction->unpacker.layer.replaced, failure);
}

static void *run(void *context)
{
	struct failure failure;
	if (unpack(context, &failure) < 0)
		report_failure(&failure);
	return NULL;
}

static int raw(void *context, const unsigned char *bytes, size_t length, struct failure *failure)
{
	struct extraction *extraction = context;
	return recorder_write(&extraction->recorder, bytes, length, failure);
}

static int entry(void *context, const struct tar_entry *what, struct failure *failure)
{
	return unpacker_entry(&((struct extraction *)context)->unpacker, what, failure);
}

static int data(void *context, const unsigned char *bytes, size_t length, struct failure *failure)
{
	return unpacker_data(&((struct extraction *)context)->unpacker, bytes, length, failure);
}

static int end(void *context, struct failure *failure)
{
	return unpacker_end(&((struct extraction *)context)->unpacker, failure);
}

void extraction_begin(struct extraction *extraction, const struct request *request)
{
	struct failure failure;
	extraction->request = request;
	extraction->uncompressed_bytes = 0;
	extraction->told_ms = now_ms();
	ring_open(&extraction->ring, request->diff_id);
	inflater_begin(&extraction->inflater, &extraction->ring);
	tar_begin(&extraction->reader, (struct tar_sink){extraction, entry, data, end, raw}, request->limits.max_entries);
	intake_begin(&extraction->intake, request->digest);
	const int number = pthread_create(&extraction->thread, NULL, run, extraction);
	if (number != 0) {
		fail(&failure, number, "unpack layer: start a thread");
		report_failure(&failure);
	}
}

void extraction_hash_apart(struct extraction *extraction)
{
	intake_hash_apart(&extraction->intake);
}

unsigned char *extraction_room(struct extraction *extraction, size_t *room)
{
	return intake_room(&extraction->intake, room);
}

void extraction_received(struct extraction *extraction, const unsigned char *bytes, size_t length)
{
	struct failure failure;
	intake_advance(&extraction->intake, length);
	if (inflater_feed(&extraction->inflater, bytes, length, &failure) < 0)
		report_failure(&failure);
	ring_hand_over(&extraction->ring);
}

void extraction_finish(struct extraction *extraction, struct result *result)
{
	struct failure failure;
	if (inflater_finish(&extraction->inflater, &failure) < 0)
		report_failure(&failure);
	ring_close(&extraction->ring);
	pthread_join(extraction->thread, NULL);
	const struct usage usage = unpacker_usage(&extraction->unpacker);
	intake_finish(&extraction->intake, result->digest);
	digest_text(&extraction->ring.digest, result->diff_id);
	result->compressed_bytes = extraction->inflater.compressed_bytes;
	result->uncompressed_bytes = extraction->uncompressed_bytes;
	result->entries = extraction->reader.entries;
	result->disk_bytes = usage.disk_bytes;
	result->inodes = usage.inodes;
	result->unkept_xattrs = extraction->unpacker.layer.unkept_xattrs;
	unpacker_close(&extraction->unpacker);
	tar_free(&extraction->reader);
	recorder_close(&extraction->recorder);
}
