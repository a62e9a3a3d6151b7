#include "notes.h"
#include <errno.h>
#include <search.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* The analyzer does not know that tsearch(3) keeps what it is given. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"

static int by_path(const void *one, const void *other)
{
	return strcmp(((const struct note *)one)->path, ((const struct note *)other)->path);
}

/* What the tree is asked with: a note that has only a path. */
static struct note *note_new(const char *path)
{
	const size_t length = strlen(path);
	struct note *note = calloc(1, sizeof *note + length + 1);
	if (note)
		memcpy(note->path, path, length + 1);
	return note;
}

static int compare_path(const void *path, const void *note)
{
	return strcmp(path, ((const struct note *)note)->path);
}

struct note *note_of(const struct notes *notes, const char *path)
{
	void *const *found = notes->tree ? tfind(path, (void *const *)&notes->tree, compare_path) : NULL;
	return found ? *found : NULL;
}

static unsigned bit_of(enum note_flag flag)
{
	return (unsigned)__builtin_ctz(flag);
}

bool note_has(const struct notes *notes, const char *path, enum note_flag flag)
{
	const struct note *note = notes->counts[bit_of(flag)] > 0 ? note_of(notes, path) : NULL;
	return note && (note->flags & flag);
}

struct note *note_set(struct notes *notes, const char *path, enum note_flag flag, struct failure *failure)
{
	struct note *note = note_of(notes, path);
	if (!note) {
		note = note_new(path);
		if (!note || !tsearch(note, &notes->tree, by_path)) {
			free(note);
			fail(failure, ENOMEM, "unpack layer");
			return NULL;
		}
		note->previous = notes->last;
		*(notes->last ? &notes->last->next : &notes->first) = note;
		notes->last = note;
	}
	notes->counts[bit_of(flag)] += (note->flags & flag) == 0;
	note->flags |= flag;
	return note;
}

bool note_clear(struct notes *notes, const char *path, enum note_flag flag)
{
	struct note *note = notes->counts[bit_of(flag)] > 0 ? note_of(notes, path) : NULL;
	if (!note || !(note->flags & flag))
		return false;
	notes->counts[bit_of(flag)]--;
	note->flags &= ~(unsigned)flag;
	return true;
}

int64_t note_count(const struct notes *notes, enum note_flag flag)
{
	return notes->counts[bit_of(flag)];
}

/* All of them in one piece: what they are, then their bytes. NULL without memory. */
static struct xattr *copy_xattrs(const struct tar_entry *entry)
{
	size_t bytes = entry->xattr_count * sizeof(struct xattr);
	for (size_t i = 0; i < entry->xattr_count; i++)
		bytes += entry->xattrs[i].name_length + entry->xattrs[i].value_length;
	struct xattr *copies = malloc(bytes);
	char *at = (char *)(copies + entry->xattr_count);
	for (size_t i = 0; copies && i < entry->xattr_count; i++) {
		const struct xattr *from = &entry->xattrs[i];
		memcpy(at, from->name, from->name_length);
		memcpy(at + from->name_length, from->value, from->value_length);
		copies[i] = (struct xattr){.name = at, .name_length = from->name_length, .value = at + from->name_length, .value_length = from->value_length};
		at += from->name_length + from->value_length;
	}
	return copies;
}

int note_describe(struct notes *notes, const char *path, const struct tar_entry *entry, struct failure *failure)
{
	struct note *note = note_set(notes, path, NOTE_DESCRIBED, failure);
	if (!note)
		return -1;
	free(note->attributes.xattrs);
	note->attributes = (struct directory_attributes){.mode = entry->mode, .uid = (uid_t)entry->uid, .gid = (gid_t)entry->gid, .mtime = entry->mtime};
	if (entry->xattr_count == 0)
		return 0;
	note->attributes.xattrs = copy_xattrs(entry);
	if (!note->attributes.xattrs)
		return fail(failure, ENOMEM, "unpack layer");
	note->attributes.xattr_count = entry->xattr_count;
	return 0;
}

void note_forget(struct notes *notes, const char *path)
{
	struct note *note = note_of(notes, path);
	if (!note)
		return;
	tdelete(note, &notes->tree, by_path);
	for (unsigned bit = 0; bit < sizeof notes->counts / sizeof *notes->counts; bit++)
		notes->counts[bit] -= (note->flags >> bit) & 1;
	*(note->previous ? &note->previous->next : &notes->first) = note->next;
	*(note->next ? &note->next->previous : &notes->last) = note->previous;
	free(note->attributes.xattrs);
	free(note);
}

void notes_free(struct notes *notes)
{
	while (notes->first)
		note_forget(notes, notes->first->path);
}
