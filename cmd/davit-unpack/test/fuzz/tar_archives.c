/* Archives: the same entries in whatever pieces the bytes come, every byte told once and in its order, and nothing that Linux could not keep. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "generator.h"
#include "../../src/entry_check.h"
#include "../../src/names.h"
#include "../../src/tar.h"

enum { ENTRIES = 6, MAX_ENTRIES = 20 };

struct seen {
	struct tar_reader reader;
	struct failure failure;
	/* Every byte that was told, and a digest of the entries. */
	struct bytes told;
	uint64_t digest;
};

static void note(struct seen *seen, const void *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		seen->digest = (seen->digest ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3u;
}

static void check_names(const char *path)
{
	struct names names;
	struct failure failure;
	enum meaning meaning;
	const char *hidden;
	if (split_names(path, &names, &failure) < 0)
		return;
	require(names.count <= MAX_PATH_DEPTH, "a path is not too deep");
	for (unsigned i = 0; i < names.count; i++)
		require(names.part[i][0] != '\0' && strlen(names.part[i]) <= MAX_NAME_BYTES && strcmp(names.part[i], "..") != 0 && strcmp(names.part[i], ".") != 0 && !strchr(names.part[i], '/'), "a name is one");
	if (meaning_of(&names, &meaning, &hidden, &failure) == 0 && meaning == MEANS_WHITEOUT)
		require(*hidden != '\0' && strcmp(hidden, ".") != 0 && strcmp(hidden, "..") != 0, "a whiteout hides something");
}

static int on_entry(void *context, const struct tar_entry *entry, struct failure *failure)
{
	struct seen *seen = context;
	(void)failure;
	require(entry->size >= 0 && (entry->size == 0 || entry->type == ENTRY_FILE) && (entry->mode & ~07777u) == 0, "only files have data");
	note(seen, entry->path, strlen(entry->path));
	note(seen, entry->link_path, strlen(entry->link_path));
	note(seen, &entry->type, sizeof entry->type);
	note(seen, &entry->uid, sizeof entry->uid);
	note(seen, &entry->mtime.tv_sec, sizeof entry->mtime.tv_sec);
	for (size_t i = 0; i < entry->xattr_count; i++) {
		note(seen, entry->xattrs[i].name, entry->xattrs[i].name_length);
		note(seen, entry->xattrs[i].value, entry->xattrs[i].value_length);
	}
	check_names(entry->path);
	struct tar_entry checked = *entry;
	struct failure ignored;
	if (check_entry(&checked, &ignored) == 0)
		require(checked.uid >= 0 && checked.uid < UINT32_MAX && checked.gid >= 0 && checked.gid < UINT32_MAX && checked.mtime.tv_sec >= 0 && checked.mtime.tv_sec <= (int64_t)1 << 33, "owner and time fit");
	return 0;
}

static int on_bytes(void *context, const unsigned char *bytes, size_t length, struct failure *failure)
{
	(void)failure;
	bytes_add(&((struct seen *)context)->told, bytes, length);
	return 0;
}

static int on_end(void *context, struct failure *failure)
{
	(void)failure;
	note(context, "end", 3);
	return 0;
}

static int take(void *context, const unsigned char *piece, size_t length)
{
	struct seen *seen = context;
	return tar_push(&seen->reader, piece, length, &seen->failure);
}

/* Returns what the reader says. */
static int read_archive(struct random *random, const struct bytes *archive, bool whole, struct seen *seen)
{
	*seen = (struct seen){.digest = 1};
	tar_begin(&seen->reader, (struct tar_sink){seen, on_entry, on_bytes, on_end, on_bytes}, MAX_ENTRIES);
	const int result = in_pieces(random, archive, whole, take, seen) < 0 || tar_finish(&seen->reader, &seen->failure) < 0 ? -1 : 0;
	tar_free(&seen->reader);
	require(seen->told.length <= archive->length && (seen->told.length == 0 || memcmp(seen->told.at, archive->at, seen->told.length) == 0), "the bytes are told as they came");
	require(result < 0 || seen->told.length == archive->length, "every byte is told");
	return result;
}

void fuzz_tar(struct random *random)
{
	static struct seen one, many;
	struct bytes archive = {0};
	for (unsigned n = random_below(random, ENTRIES); n > 0; n--)
		put_random_entry(random, &archive);
	if (random_one_in(random, 2))
		bytes_fill(&archive, 0, 512u * (1 + random_below(random, 3)));
	if (random_one_in(random, 3))
		bytes_text(&archive, "what follows");
	if (!random_one_in(random, 3) && archive.length > 0) {
		bytes_mutate(random, &archive);
		if (!random_one_in(random, 4))
			sign_headers(&archive);
	}
	const int first = read_archive(random, &archive, true, &one), second = read_archive(random, &archive, false, &many);
	require(first == second && one.digest == many.digest && (first == 0 || strcmp(one.failure.text, many.failure.text) == 0), "an archive is the same in whatever pieces it comes");
	bytes_free(&one.told);
	bytes_free(&many.told);
	bytes_free(&archive);
}
