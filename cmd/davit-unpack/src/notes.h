/* What is known about a layer's directories and whiteouts while it is unpacked, by their real path. A tree: no choice of names makes it slow. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>
#include "failure.h"
#include "tar.h"

enum note_flag {
	/* The archive describes this directory. */
	NOTE_DESCRIBED = 1,
	/* Made on the way; to look like the lower layers' directory of that path. */
	NOTE_IMPLIED = 2,
	NOTE_OPAQUE = 4,
	NOTE_WHITEOUT = 8,
	/* Made on the way to a whiteout, nothing else inside. */
	NOTE_HOLLOW = 16,
};

/* What a directory is given at the end: a set-group-id bit or an old time would not survive what is made inside. */
struct directory_attributes {
	mode_t mode;
	uid_t uid;
	gid_t gid;
	struct timespec mtime;
	struct xattr *xattrs;
	size_t xattr_count;
};

struct note {
	unsigned flags;
	struct directory_attributes attributes;
	struct note *previous, *next;
	char path[];
};

struct notes {
	void *tree;
	/* In the order in which they came. */
	struct note *first, *last;
	/* How many have each flag, by its bit. */
	int64_t counts[5];
};

struct note *note_of(const struct notes *notes, const char *path);
bool note_has(const struct notes *notes, const char *path, enum note_flag flag);
/* Sets a flag; NULL and a failure without memory. */
struct note *note_set(struct notes *notes, const char *path, enum note_flag flag, struct failure *failure);
/* Whether it had the flag. */
bool note_clear(struct notes *notes, const char *path, enum note_flag flag);
int64_t note_count(const struct notes *notes, enum note_flag flag);
/* Keeps a copy of what the entry says. */
int note_describe(struct notes *notes, const char *path, const struct tar_entry *entry, struct failure *failure);
void note_forget(struct notes *notes, const char *path);
void notes_free(struct notes *notes);
