/*
 * A layer's archive without the data of its files, for lib/storage/extractor/archive-record.ts, which reads it. On the disk: frames of a length
 * (4 bytes, little endian) and zstd data, then a length of 0, one byte of flags, and, if they say so, a frame with what was replaced.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <zstd.h>
#include "failure.h"
#include "replaced.h"

enum { RECORD_FRAME_BYTES = 256 * 1024 };

struct recorder {
	int descriptor;
	ZSTD_CCtx *compressor;
	size_t used;
	unsigned char frame[RECORD_FRAME_BYTES];
	/* A length before the data. */
	unsigned char out[4 + ZSTD_COMPRESSBOUND(RECORD_FRAME_BYTES)];
};

/* `file` must be new. Close with recorder_close(), whatever comes of it. */
int recorder_open(struct recorder *recorder, const char *file, struct failure *failure);
void recorder_close(struct recorder *recorder);
/* What recorder_open() keeps for the next one. */
void recorder_free(struct recorder *recorder);
int recorder_write(struct recorder *recorder, const unsigned char *bytes, size_t length, struct failure *failure);
/* The archive is complete. */
int recorder_finish(struct recorder *recorder, const struct replaced *replaced, struct failure *failure);
