/* From compressed bytes to the archive. The compression is told by the first bytes, whatever the layer's media type says. */
#pragma once
#include <sys/types.h>
#include <isa-l/igzip_lib.h>
#include <stdbool.h>
#include <stdint.h>
#include <zstd.h>
#include "failure.h"
#include "gzip_header.h"
#include "ring.h"

enum compression { COMPRESSION_UNKNOWN, COMPRESSION_PLAIN, COMPRESSION_GZIP, COMPRESSION_ZSTD };
/* Bytes that detect_compression() wants to see. */
enum { MAGIC_BYTES = 4 };

/* gzip: members that follow each other are one archive; a zero after a member ends it, whatever follows. */
struct gzip {
	struct inflate_state state;
	bool in_member, is_padding;
	struct gzip_header header;
	int64_t members;
};

/* zstd: frames that follow each other are one archive; skippable ones hold nothing of it. */
struct zstd {
	ZSTD_DStream *stream;
	/* Of a frame that has just begun. */
	unsigned char magic[MAGIC_BYTES];
	size_t magic_bytes;
	bool in_frame;
};

struct inflater {
	enum compression compression;
	struct ring *out;
	struct gzip gzip;
	struct zstd zstd;
	/* Bytes that have come in, for the ring. */
	int64_t compressed_bytes;
	unsigned char head[MAGIC_BYTES];
	size_t head_bytes;
};

/* May be called again, for another layer. */
void inflater_begin(struct inflater *inflater, struct ring *out);
int inflater_feed(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure);
/* No more bytes: refused when there should be. Does not close the ring. */
int inflater_finish(struct inflater *inflater, struct failure *failure);

void inflater_free(struct inflater *inflater);

/* Parts of it, in gzip.c and zstd.c. */
void gzip_begin(struct gzip *gzip);
int gzip_feed(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure);
int gzip_finish(const struct gzip *gzip, struct failure *failure);
int zstd_feed(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure);
int zstd_finish(const struct zstd *zstd, struct failure *failure);
