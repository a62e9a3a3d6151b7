#include "layer.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "attributes.h"
#include "remove.h"
#include "text.h"

int layer_open(struct layer *layer, const char *root, int64_t max_made, struct failure *failure)
{
	*layer = (struct layer){.max_made = max_made};
	layer->stack = stack_new(root, failure);
	return layer->stack && note_set(&layer->notes, "", NOTE_IMPLIED, failure) ? 0 : -1;
}

void layer_close(struct layer *layer)
{
	stack_free(layer->stack);
	notes_free(&layer->notes);
	replaced_free(&layer->replaced);
	layer->stack = NULL;
}

static int in_the_way(int number, const char *path, struct failure *failure)
{
	struct quote quote;
	if (number != ENOTDIR && number != ELOOP)
		return fail(failure, number, "open directory %s", quote_text(&quote, path));
	return refuse(failure, DATA_LOSS, "unpack layer: an entry lies below %s, which is no directory in this layer", quote_text(&quote, path));
}

/* Returns 1, 0 when something has the name, -1. */
static int try_make(struct layer *layer, int parent, const char *name, struct failure *failure)
{
	if (layer->made >= layer->max_made)
		return refuse(failure, RESOURCE_EXHAUSTED, "unpack layer: more than %" PRId64 " directories that no entry describes", layer->max_made);
	if (mkdirat(parent, name, PLAIN_DIRECTORY_MODE) == 0) {
		layer->made++;
		return 1;
	}
	return errno == EEXIST ? 0 : fail(failure, errno, "make directory");
}

static int hide_lower(struct layer *layer, int parent, const char *name, const char *path, struct failure *failure)
{
	if (set_opaque_at(parent, name, failure) < 0 || !note_set(&layer->notes, path, NOTE_OPAQUE, failure))
		return -1;
	/* What it looked like in the lower layers is hidden too. */
	note_clear(&layer->notes, path, NOTE_IMPLIED);
	return 0;
}

/* Whether `name` itself is a directory: 1, 0, -1. */
static int is_directory(int parent, const char *name, struct failure *failure)
{
	struct stat info;
	if (fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) < 0)
		return fail(failure, errno, "look at a name");
	return S_ISDIR(info.st_mode);
}

/* Makes a directory in the place of what is there; a directory stays, and one that was whited out hides the lower one. */
static int take_over(struct layer *layer, int parent, const char *name, const char *path, struct failure *failure)
{
	const int there = is_directory(parent, name, failure);
	if (there != 0)
		return there < 0 ? -1 : 0;
	const bool hides_lower = note_clear(&layer->notes, path, NOTE_WHITEOUT);
	if (!hides_lower && replaced_add(&layer->replaced, layer->entries, path, failure) < 0)
		return -1;
	if (unlinkat(parent, name, 0) < 0 || mkdirat(parent, name, PLAIN_DIRECTORY_MODE) < 0)
		return fail(failure, errno, "make directory");
	return hides_lower ? hide_lower(layer, parent, name, path, failure) : 0;
}

/* Makes what is missing on the way; `hollow`: to a whiteout. */
static int make_missing(struct layer *layer, int number, int parent, const char *name, const char *path, bool hollow, struct failure *failure)
{
	if (number != ENOENT)
		return 0;
	const int made = try_make(layer, parent, name, failure);
	if (made != 1)
		return made;
	if (!note_set(&layer->notes, path, NOTE_IMPLIED, failure) || (hollow && !note_set(&layer->notes, path, NOTE_HOLLOW, failure)))
		return -1;
	return 1;
}

static int make_for_content(void *context, int number, int parent, const char *name, const char *path, struct failure *failure)
{
	struct layer *layer = context;
	const int made = make_missing(layer, number, parent, name, path, false, failure);
	if (made != 0)
		return made;
	if (!note_has(&layer->notes, path, NOTE_WHITEOUT))
		return in_the_way(number, path, failure);
	return take_over(layer, parent, name, path, failure) < 0 ? -1 : 1;
}

static int make_for_whiteout(void *context, int number, int parent, const char *name, const char *path, struct failure *failure)
{
	struct layer *layer = context;
	const int made = make_missing(layer, number, parent, name, path, true, failure);
	if (made != 0)
		return made;
	return note_has(&layer->notes, path, NOTE_WHITEOUT) ? 0 : in_the_way(number, path, failure);
}

/* What is on the way to an entry is not hollow any more. A directory becomes hollow only when it is made: those that have been open since the last look are not. */
static void fill_hollow(struct layer *layer)
{
	char path[MAX_REAL_PATH_BYTES];
	struct stack *stack = layer->stack;
	for (unsigned depth = stack->looked_at + 1; depth <= stack->depth && note_count(&layer->notes, NOTE_HOLLOW) > 0; depth++) {
		memcpy(path, stack->path, stack->ends[depth]);
		path[stack->ends[depth]] = '\0';
		note_clear(&layer->notes, path, NOTE_HOLLOW);
	}
	stack->looked_at = stack->depth;
}

int layer_parent(struct layer *layer, const struct names *names, struct failure *failure)
{
	const struct maker maker = {layer, make_for_content};
	if (stack_enter(layer->stack, names->part, names->count == 0 ? 0 : names->count - 1, &maker, failure) < 0)
		return -1;
	fill_hollow(layer);
	return stack_top(layer->stack);
}

int layer_existing_parent(struct layer *layer, const struct names *names, struct failure *failure)
{
	struct quote quote;
	const int there = stack_enter(layer->stack, names->part, names->count - 1, NULL, failure);
	if (there == 0)
		return refuse(failure, DATA_LOSS, "unpack layer: the hard link's target %s is not in this layer", quote_names(&quote, names));
	return there < 0 ? -1 : stack_top(layer->stack);
}

int layer_describe(struct layer *layer, const struct names *names, const struct tar_entry *entry, struct failure *failure)
{
	const char *name = last_name(names), *path = "";
	if (name) {
		const int parent = layer_parent(layer, names, failure);
		if (parent < 0 || stack_may_deepen(layer->stack, name, failure) < 0)
			return -1;
		path = stack_path_of(layer->stack, name);
		const int made = try_make(layer, parent, name, failure);
		if (made < 0 || (made == 0 && take_over(layer, parent, name, path, failure) < 0))
			return -1;
		note_clear(&layer->notes, path, NOTE_HOLLOW);
	}
	note_clear(&layer->notes, path, NOTE_IMPLIED);
	return note_describe(&layer->notes, path, entry, failure);
}

static void forget(void *context, const char *path)
{
	note_forget(context, path);
}

int layer_clear(struct layer *layer, const char *name, struct failure *failure)
{
	char path[MAX_REAL_PATH_BYTES];
	const struct remover remover = {&layer->notes, forget};
	const char *real = stack_path_of(layer->stack, name);
	memcpy(path, real, strlen(real) + 1);
	if (replaced_add(&layer->replaced, layer->entries, path, failure) < 0)
		return -1;
	return remove_tree(stack_top(layer->stack), name, path, &remover, failure);
}

int layer_whiteout(struct layer *layer, const struct names *names, const char *hidden, struct failure *failure)
{
	const struct maker maker = {layer, make_for_whiteout};
	const int there = stack_enter(layer->stack, names->part, names->count - 1, &maker, failure);
	/* Below a directory that is itself hidden there is nothing to hide. */
	if (there != 1)
		return there;
	const int parent = stack_top(layer->stack);
	const char *path = stack_path_of(layer->stack, hidden);
	if (note_has(&layer->notes, path, NOTE_HOLLOW) && layer_clear(layer, hidden, failure) < 0)
		return -1;
	if (mknodat(parent, hidden, S_IFCHR, makedev(0, 0)) == 0) {
		layer->made++;
		return note_set(&layer->notes, path, NOTE_WHITEOUT, failure) ? 0 : -1;
	}
	if (errno != EEXIST)
		return fail(failure, errno, "make whiteout");
	const int directory = is_directory(parent, hidden, failure);
	return directory == 1 ? hide_lower(layer, parent, hidden, path, failure) : directory;
}

int layer_opaque(struct layer *layer, const struct names *names, struct failure *failure)
{
	const struct maker maker = {layer, make_for_whiteout};
	const int there = stack_enter(layer->stack, names->part, names->count - 1, &maker, failure);
	if (there != 1)
		return there;
	const char *path = layer->stack->path;
	if (*path == '\0')
		return refuse(failure, DATA_LOSS, "unpack layer: an opaque whiteout of the root directory is not supported");
	if (set_opaque_at(stack_top(layer->stack), ".", failure) < 0 || !note_set(&layer->notes, path, NOTE_OPAQUE, failure))
		return -1;
	note_clear(&layer->notes, path, NOTE_HOLLOW);
	return 0;
}
