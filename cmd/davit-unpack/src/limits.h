/* What one layer may ask for. The daemon's own limits come with each order. */
#pragma once
#include <stdint.h>

/* As the order gives them; see lib/storage/extractor/limits.ts. */
struct limits {
	int64_t max_entries;
	int64_t max_uncompressed_bytes;
	int64_t max_ratio;
	int64_t ratio_grace_bytes;
	int64_t reserved_free_bytes;
};

enum {
	/* A PAX header or a GNU long name; what Go's reader allows. */
	MAX_METADATA_BYTES = 1024 * 1024,
	/* PATH_MAX: no longer path can be opened in a container. */
	MAX_PATH_BYTES = 4095,
	/* NAME_MAX of Linux. */
	MAX_NAME_BYTES = 255,
	/* One descriptor is open for each directory on the way to an entry. */
	MAX_PATH_DEPTH = 512,
	/* Followed on the way to one entry; what Linux allows. */
	MAX_SYMLINKS = 40,
	/* XATTR_SIZE_MAX and XATTR_NAME_MAX of Linux. */
	MAX_XATTR_BYTES = 65536,
	MAX_XATTR_NAME_BYTES = 255,
	/* More than a file can list (XATTR_LIST_MAX) under names of a useful length; each is compared with those before it. */
	MAX_XATTRS = 1024,
	/* Room for the real path of a directory, which is limited as others are, of a name in it, and what ends them. */
	MAX_REAL_PATH_BYTES = MAX_PATH_BYTES + 1 + MAX_NAME_BYTES + 1,
};

/* Numbers of an archive stay below this, as where the same archive is read by JavaScript. */
#define MAX_SAFE_INTEGER ((int64_t)9007199254740991)
