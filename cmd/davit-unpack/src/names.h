/* The names of entries, and what their last component means in a layer. */
#pragma once
#include <stdbool.h>
#include "failure.h"
#include "limits.h"
#include "text.h"

/* Begins the name of a whiteout, https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts. */
#define WHITEOUT_PREFIX ".wh."
/* Begins names that are aufs' own; one of them makes a directory opaque, the others mean nothing here. */
#define WHITEOUT_META_PREFIX ".wh..wh."
#define OPAQUE_NAME ".wh..wh..opq"

/* The components of a name below the layer's root, which has none. */
struct names {
	unsigned count;
	const char *part[MAX_PATH_DEPTH];
	char text[MAX_PATH_BYTES + 1];
};

/*
 * Splits an entry's name or a hard link's target. A leading '/' and '.' components are dropped; nothing is cleaned by '..', which is refused,
 * as is what no file system takes.
 */
int split_names(const char *path, struct names *names, struct failure *failure);
/* The components as one path, for messages. */
const char *quote_names(struct quote *quote, const struct names *names);
/* The last component; NULL for the root. */
const char *last_name(const struct names *names);

enum meaning { MEANS_CONTENT, MEANS_OPAQUE, MEANS_NOTHING, MEANS_WHITEOUT };
/* Refuses a whiteout of nothing, of '.', or of '..', and a directory on the way that is named like a whiteout. Sets `hidden` for a whiteout. */
int meaning_of(const struct names *names, enum meaning *meaning, const char **hidden, struct failure *failure);
bool begins_with(const char *text, const char *prefix);
