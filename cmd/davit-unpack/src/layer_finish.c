/* The end of a layer: what could not be done to its directories before everything was in them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "attributes.h"
#include "layer.h"
#include "text.h"

static bool is_below_opaque(const struct layer *layer, const char *path)
{
	char parent[MAX_REAL_PATH_BYTES];
	if (note_count(&layer->notes, NOTE_OPAQUE) == 0)
		return false;
	memcpy(parent, path, strlen(path) + 1);
	for (char *slash; (slash = strrchr(parent, '/')) != NULL;) {
		*slash = '\0';
		if (note_has(&layer->notes, parent, NOTE_OPAQUE))
			return true;
	}
	return false;
}

/* A whiteout inside an opaque directory hides nothing, and listing the directory would show it. */
static int drop_ghosts(struct layer *layer, struct failure *failure)
{
	char parent[MAX_REAL_PATH_BYTES];
	for (const struct note *note = layer->notes.first; note; note = note->next) {
		if (!(note->flags & NOTE_WHITEOUT) || !is_below_opaque(layer, note->path))
			continue;
		memcpy(parent, note->path, strlen(note->path) + 1);
		char *slash = strrchr(parent, '/');
		if (!slash)
			continue;
		*slash = '\0';
		if (stack_reach(layer->stack, parent) && unlinkat(stack_top(layer->stack), slash + 1, 0) < 0)
			return fail(failure, errno, "remove whiteout");
	}
	return 0;
}

/* A directory that was made has its mode already; the root was made by somebody else. */
static int apply(int directory, const struct directory_attributes *attributes, bool is_root, int64_t *unkept, struct failure *failure)
{
	const struct timespec times[2] = {attributes->mtime, attributes->mtime};
	if ((attributes->uid != 0 || attributes->gid != 0) && fchown(directory, attributes->uid, attributes->gid) < 0)
		return fail(failure, errno, "set owner of directory");
	if ((is_root || attributes->mode != PLAIN_DIRECTORY_MODE) && fchmod(directory, attributes->mode) < 0)
		return fail(failure, errno, "set mode of directory");
	if (set_xattrs(directory, attributes->xattrs, attributes->xattr_count, unkept, failure) < 0)
		return -1;
	return futimens(directory, times) < 0 ? fail(failure, errno, "set times of directory") : 0;
}

static int apply_all(struct layer *layer, struct failure *failure)
{
	for (const struct note *note = layer->notes.first; note; note = note->next)
		if ((note->flags & NOTE_DESCRIBED) && stack_reach(layer->stack, note->path) && apply(stack_top(layer->stack), &note->attributes, note->path[0] == '\0', &layer->unkept_xattrs, failure) < 0)
			return -1;
	return 0;
}

static int write_implied(const struct layer *layer, const char *file, struct failure *failure)
{
	static char line[6 * MAX_REAL_PATH_BYTES];
	FILE *out = fopen(file, "wxe");
	if (!out)
		return fail(failure, errno, "make %s", file);
	for (const struct note *note = layer->notes.first; note; note = note->next)
		if ((note->flags & NOTE_IMPLIED) && !is_below_opaque(layer, note->path)) {
			*escape_latin1(line, note->path, strlen(note->path)) = '\0';
			fprintf(out, "\"%s\"\n", line);
		}
	const bool wrong = ferror(out) != 0;
	return fclose(out) != 0 || wrong ? fail(failure, errno, "write %s", file) : 0;
}

int layer_finish(struct layer *layer, const char *implied_file, struct failure *failure)
{
	return drop_ghosts(layer, failure) < 0 || apply_all(layer, failure) < 0 ? -1 : write_implied(layer, implied_file, failure);
}
