/* Reads a tar archive that arrives in pieces of any size. Memory is bounded by MAX_METADATA_BYTES. */
#pragma once
#include <sys/types.h>
#include "limits.h"
#include "pax.h"
#include "tar_header.h"

/*
 *            ┌────────────── padding over ──────────────┐
 *   header ──┼─ x g L K ─► metadata ─► padding ─────────┤
 *     │      └─ file ────► data ─────► padding ─────────┘
 *     └─ two zero blocks ─► done (what follows is not looked at)
 */
enum tar_state { TAR_HEADER, TAR_METADATA, TAR_DATA, TAR_PADDING, TAR_DONE };
enum entry_type { ENTRY_FILE, ENTRY_LINK, ENTRY_SYMLINK, ENTRY_CHAR, ENTRY_BLOCK, ENTRY_DIRECTORY, ENTRY_FIFO };

/* One entry with its PAX and GNU attributes applied. Its texts have no NUL inside, and are good until the next one. */
struct tar_entry {
	enum entry_type type;
	const char *path, *link_path;
	mode_t mode;
	int64_t uid, gid;
	/* Bytes of data; 0 for everything that is not a file. */
	int64_t size;
	struct timespec mtime;
	int64_t dev_major, dev_minor;
	const struct xattr *xattrs;
	size_t xattr_count;
};

/* Takes an archive's entries one after another: entry, its data in pieces, end. Each returns 0 or -1 with the failure filled. */
struct tar_sink {
	void *context;
	int (*entry)(void *context, const struct tar_entry *entry, struct failure *failure);
	int (*data)(void *context, const unsigned char *bytes, size_t length, struct failure *failure);
	int (*end)(void *context, struct failure *failure);
	/* Every other byte of the archive, in order: headers before their entry, padding after its data, what follows the end. */
	int (*raw)(void *context, const unsigned char *bytes, size_t length, struct failure *failure);
};

enum metadata { METADATA_PAX, METADATA_GLOBAL, METADATA_LONG_NAME, METADATA_LONG_LINK };

struct tar_reader {
	struct tar_sink sink;
	int64_t max_entries;
	enum tar_state state;
	/* Bytes of the current header, metadata, data or padding that have not come yet. */
	int64_t missing;
	int64_t padding;
	unsigned zero_blocks;
	int64_t headers, entries;
	unsigned char block[BLOCK_BYTES];
	struct tar_header header;
	enum metadata metadata;
	char *metadata_bytes;
	size_t metadata_length;
	/* The last PAX header's bytes: `pax` points into them. */
	char *pax_bytes;
	struct pax pax;
	char *long_name, *long_link;
	/* Texts of PAX, with a NUL behind. */
	char *path, *link_path;
};

void tar_begin(struct tar_reader *reader, struct tar_sink sink, int64_t max_entries);
int tar_push(struct tar_reader *reader, const unsigned char *bytes, size_t length, struct failure *failure);
/* The archive is over; refused when it ended inside an entry. */
int tar_finish(const struct tar_reader *reader, struct failure *failure);
void tar_free(struct tar_reader *reader);
/* 'symlink', for messages. */
const char *entry_type_name(enum entry_type type);
