/*
 * A layer's archive without the data of its files, for lib/storage/extractor/archive-record.ts, which reads it. On the disk: frames of a length
 * (4 bytes, little endian) and zstd data, then a length of 0 and one byte of flags.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <zstd.h>
#include "failure.h"

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
/* The archive is complete. `replaced`: an entry took the place of an earlier one whose data is gone: the archive cannot be made again. */
int recorder_finish(struct recorder *recorder, bool replaced, struct failure *failure);
