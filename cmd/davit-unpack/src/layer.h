/*
 * The directories and whiteouts of a layer while it is unpacked: what was made on the way, what the archive describes, what is hidden.
 * Whiteouts hide what lies in lower layers only, wherever they stand in the archive; a directory that is also whited out becomes opaque.
 */
#pragma once
#include "names.h"
#include "notes.h"
#include "replaced.h"
#include "stack.h"

/* Mode of a directory that no entry describes, and of every directory until the layer is complete. */
enum { PLAIN_DIRECTORY_MODE = 0755 };

struct layer {
	struct stack *stack;
	struct notes notes;
	/* Directories that may be made on the way: one long name asks for hundreds. */
	int64_t max_made;
	/* Directories and whiteouts made so far. */
	int64_t made;
	/* Entries so far, with the one at work. */
	int64_t entries;
	struct replaced replaced;
	/* Attributes of users that the file system has no place for. */
	int64_t unkept_xattrs;
};

/* Close with layer_close(), whatever comes of it. */
int layer_open(struct layer *layer, const char *root, int64_t max_made, struct failure *failure);
void layer_close(struct layer *layer);
/* Opens the directory of an entry, made where it is missing. Returns its descriptor, good until the next call, or -1 when something else is in the way. */
int layer_parent(struct layer *layer, const struct names *names, struct failure *failure);
/* The same in this layer as it is; -1 when it is not there. */
int layer_existing_parent(struct layer *layer, const struct names *names, struct failure *failure);
/* An entry of the archive describes a directory; no names are the layer's root. A symlink of that name is replaced. */
int layer_describe(struct layer *layer, const struct names *names, const struct tar_entry *entry, struct failure *failure);
/* Removes whatever has this name in the directory opened last, for an entry that takes its place. */
int layer_clear(struct layer *layer, const char *name, struct failure *failure);
/* Hides `hidden` of the lower layers in the directory of `names`. */
int layer_whiteout(struct layer *layer, const struct names *names, const char *hidden, struct failure *failure);
/* Hides everything that the lower layers have in the directory of `names`. */
int layer_opaque(struct layer *layer, const struct names *names, struct failure *failure);
/* Gives every described directory its attributes, and writes the paths of those that nothing described to a new file: a JSON string of latin1 a line. */
int layer_finish(struct layer *layer, const char *implied_file, struct failure *failure);
