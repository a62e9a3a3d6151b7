#include "names.h"
#include <stdio.h>
#include <string.h>
#include "text.h"

/* Of a name that is too long, in messages. */
enum { SHOWN_BYTES = 80 };

bool begins_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static int check_name(const char *path, const char *name, struct failure *failure)
{
	struct quote quote;
	if (strcmp(name, "..") == 0)
		return refuse(failure, DATA_LOSS, "read tar: the name %s leads out of the layer by '..'", quote_text(&quote, path));
	if (strlen(name) > MAX_NAME_BYTES)
		return refuse(failure, DATA_LOSS, "read tar: a part of the name %s has %zu bytes, at most %d are allowed", quote_text(&quote, path), strlen(name), MAX_NAME_BYTES);
	return 0;
}

int split_names(const char *path, struct names *names, struct failure *failure)
{
	struct quote quote;
	const size_t length = strlen(path);
	if (length == 0)
		return refuse(failure, DATA_LOSS, "read tar: an entry without a name");
	if (length > MAX_PATH_BYTES)
		return refuse(failure, DATA_LOSS, "read tar: the name %s… has %zu bytes, at most %d are allowed", quote_bytes(&quote, path, SHOWN_BYTES), length, MAX_PATH_BYTES);
	memcpy(names->text, path, length + 1);
	names->count = 0;
	char *rest = names->text;
	for (char *name; (name = strsep(&rest, "/")) != NULL;) {
		if (*name == '\0' || strcmp(name, ".") == 0)
			continue;
		if (names->count == MAX_PATH_DEPTH)
			return refuse(failure, DATA_LOSS, "read tar: the name %s… is more than %d directories deep", quote_bytes(&quote, path, SHOWN_BYTES), MAX_PATH_DEPTH);
		if (check_name(path, name, failure) < 0)
			return -1;
		names->part[names->count++] = name;
	}
	return 0;
}

const char *last_name(const struct names *names)
{
	return names->count == 0 ? NULL : names->part[names->count - 1];
}

const char *quote_names(struct quote *quote, const struct names *names)
{
	char text[MAX_PATH_BYTES + 1] = "";
	size_t used = 0;
	for (unsigned i = 0; i < names->count; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i == 0 ? "" : "/", names->part[i]);
	return quote_text(quote, text);
}

int meaning_of(const struct names *names, enum meaning *meaning, const char **hidden, struct failure *failure)
{
	struct quote quote, name_quote;
	const char *last = last_name(names);
	for (unsigned i = 0; i + 1 < names->count; i++)
		if (begins_with(names->part[i], WHITEOUT_PREFIX))
			return refuse(failure, DATA_LOSS, "read tar: the directory of %s is named like a whiteout", quote_names(&quote, names));
	*hidden = NULL;
	if (!last || !begins_with(last, WHITEOUT_PREFIX)) {
		*meaning = MEANS_CONTENT;
	} else if (strcmp(last, OPAQUE_NAME) == 0) {
		*meaning = MEANS_OPAQUE;
	} else if (begins_with(last, WHITEOUT_META_PREFIX)) {
		*meaning = MEANS_NOTHING;
	} else {
		const char *name = last + strlen(WHITEOUT_PREFIX);
		if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			return refuse(failure, DATA_LOSS, "read tar: %s is a whiteout of %s", quote_names(&quote, names), quote_text(&name_quote, name));
		*meaning = MEANS_WHITEOUT;
		*hidden = name;
	}
	return 0;
}
