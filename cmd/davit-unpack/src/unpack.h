/*
 * Writes an archive's entries below a directory of our own, as one layer of an overlay. Everything is created by one name in an open
 * directory with O_EXCL, or its like; what stood there before is unlinked first, so nothing is ever written through a link.
 */
#pragma once
#include "layer.h"
#include "new_file.h"
#include "tar.h"

struct unpacker {
	struct layer layer;
	int root;
	int64_t reserved_free_bytes;
	/* Of the entry at work, if it is a file. */
	bool has_file;
	struct new_file file;
	struct tar_entry file_entry;
	int64_t disk_bytes, inodes, since_space_check;
};

/* About what a layer takes on the disk. */
struct usage { int64_t disk_bytes, inodes; };

/* `root` is an empty directory; the process's umask must be 0. Close with unpacker_close(), whatever comes of it. */
int unpacker_open(struct unpacker *unpacker, const char *root, const struct limits *limits, struct failure *failure);
void unpacker_close(struct unpacker *unpacker);
/* The three of struct tar_sink. */
int unpacker_entry(void *unpacker, const struct tar_entry *entry, struct failure *failure);
int unpacker_data(void *unpacker, const unsigned char *bytes, size_t length, struct failure *failure);
int unpacker_end(void *unpacker, struct failure *failure);
/* The archive is complete; see layer_finish(). */
int unpacker_finish(struct unpacker *unpacker, const char *implied_file, struct failure *failure);
struct usage unpacker_usage(const struct unpacker *unpacker);
