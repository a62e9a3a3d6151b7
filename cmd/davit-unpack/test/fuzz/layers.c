/*
 * Whole layers, unpacked onto a tmpfs of their own: refused for what is wrong with the layer and for nothing else, nothing beside the layer is touched, and
 * what came to the disk is what a layer may have. All of it happens in a mount namespace where everything else is read-only: whoever breaks the code keeps his machine.
 */
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "generator.h"
#include "../../src/attributes.h"
#include "../../src/names.h"
#include "../../src/record.h"
#include "../../src/unpack.h"

enum { ENTRIES = 10, MAX_ENTRIES = 4000 };
static const char TEXT[] = "untouched";

struct unpacking { struct tar_reader reader; struct unpacker unpacker; struct recorder recorder; struct failure failure; };

static void leave_the_host(void)
{
	struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY};
	require(unshare(CLONE_NEWNS) == 0 && mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0, "a mount namespace");
	require(mount_setattr(AT_FDCWD, "/", AT_RECURSIVE, &read_only, sizeof read_only) == 0, "nothing can be written");
}

/* In the directory where all of this began: the working directory moves with the layer's attributes. */
static void make_place(void)
{
	static char base[PATH_MAX];
	if (base[0] == '\0') {
		require(getcwd(base, sizeof base) != NULL, "a directory");
		leave_the_host();
	}
	require(chdir(base) == 0 && mount("tmpfs", base, "tmpfs", 0, "size=64m,mode=700") == 0 && chdir(base) == 0, "a tmpfs");
	require(mkdir("layer", 0755) == 0 && mkdir("victim", 0755) == 0 && mkdir("notes", 0755) == 0, "directories");
	const int hello = open("victim/hello", O_WRONLY | O_CREAT | O_EXCL, 0640);
	require(hello >= 0 && write(hello, TEXT, strlen(TEXT)) == (ssize_t)strlen(TEXT) && close(hello) == 0, "a file beside the layer");
}

static void leave_place(int base)
{
	require(fchdir(base) == 0 && close(base) == 0, "the place is there");
	char path[PATH_MAX];
	require(getcwd(path, sizeof path) != NULL && umount2(path, MNT_DETACH) == 0 && chdir(path) == 0, "the tmpfs goes");
}

static unsigned count_names(int directory)
{
	unsigned count = 0;
	DIR *names = fdopendir(dup(directory));
	require(names != NULL, "a directory can be read");
	rewinddir(names);
	while (readdir(names))
		count++;
	closedir(names);
	return count - 2;
}

static void check_beside(int base)
{
	char text[sizeof TEXT] = "";
	struct stat info;
	const int victim = openat(base, "victim", O_RDONLY | O_DIRECTORY), hello = openat(victim, "hello", O_RDONLY | O_NOFOLLOW);
	require(count_names(base) == 3 && count_names(victim) == 1, "nothing is made beside the layer");
	require(hello >= 0 && fstat(hello, &info) == 0 && info.st_mode == (S_IFREG | 0640) && info.st_nlink == 1 && info.st_uid == 0, "the file beside the layer is as it was");
	require(read(hello, text, sizeof text) == (ssize_t)strlen(TEXT) && strcmp(text, TEXT) == 0, "what is in the file beside the layer is as it was");
	close(hello);
	close(victim);
}

static void check_attributes(const char *name)
{
	char list[65536], value[2];
	const ssize_t length = llistxattr(name, list, sizeof list);
	require(length >= 0, "attributes can be listed");
	for (const char *attribute = list; attribute < list + length; attribute += strlen(attribute) + 1)
		if (strcmp(attribute, OPAQUE_XATTR) == 0)
			require(lgetxattr(name, attribute, value, sizeof value) == 1 && *value == 'y', "an opaque mark is one of ours");
		else
			require(!begins_with(attribute, "trusted.overlay.") || begins_with(attribute, "trusted.overlay.overlay."), "overlayfs' own attributes are not of the layer");
}

/* Ends in the directory where it began, which is closed. */
static void check_tree(int directory, unsigned depth)
{
	DIR *names = fdopendir(directory);
	struct stat info;
	require(names != NULL && depth <= MAX_PATH_DEPTH, "a directory is not too deep");
	for (struct dirent *child; (child = readdir(names)) != NULL;) {
		if (strcmp(child->d_name, ".") == 0 || strcmp(child->d_name, "..") == 0)
			continue;
		require(fchdir(dirfd(names)) == 0 && lstat(child->d_name, &info) == 0, "what is listed is there");
		require(!begins_with(child->d_name, WHITEOUT_PREFIX), "no name of the disk is that of a whiteout");
		check_attributes(child->d_name);
		if (S_ISDIR(info.st_mode))
			check_tree(openat(dirfd(names), child->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), depth + 1);
	}
	closedir(names);
}

static int raw(void *context, const unsigned char *bytes, size_t length, struct failure *failure)
{
	return recorder_write(&((struct unpacking *)context)->recorder, bytes, length, failure);
}

static int entry(void *context, const struct tar_entry *what, struct failure *failure)
{
	return unpacker_entry(&((struct unpacking *)context)->unpacker, what, failure);
}

static int data(void *context, const unsigned char *bytes, size_t length, struct failure *failure)
{
	return unpacker_data(&((struct unpacking *)context)->unpacker, bytes, length, failure);
}

static int end(void *context, struct failure *failure)
{
	return unpacker_end(&((struct unpacking *)context)->unpacker, failure);
}

static int take(void *context, const unsigned char *piece, size_t length)
{
	struct unpacking *unpacking = context;
	return tar_push(&unpacking->reader, piece, length, &unpacking->failure);
}

static int unpack(struct random *random, const struct bytes *archive, struct unpacking *unpacking)
{
	const struct limits limits = {.max_entries = MAX_ENTRIES};
	struct failure *failure = &unpacking->failure;
	tar_begin(&unpacking->reader, (struct tar_sink){unpacking, entry, data, end, raw}, MAX_ENTRIES);
	if (unpacker_open(&unpacking->unpacker, "layer", &limits, failure) < 0 || recorder_open(&unpacking->recorder, "notes/archive", failure) < 0)
		return -1;
	if (in_pieces(random, archive, random_one_in(random, 4), take, unpacking) < 0 || tar_finish(&unpacking->reader, failure) < 0)
		return -1;
	return unpacker_finish(&unpacking->unpacker, "/proc/self/fd/9/notes/implied", failure) < 0 ? -1 : recorder_finish(&unpacking->recorder, &unpacking->unpacker.layer.replaced, failure);
}

static void put_link(struct random *random, struct bytes *archive, const char *name, const char *target)
{
	struct bytes path = {0}, text = {0};
	bytes_text(&path, name);
	bytes_text(&text, target);
	put_entry(random, archive, '2', &path, &text);
	bytes_free(&path);
	bytes_free(&text);
}

/* Something as deep as may be, or a little deeper, where only symlinks lead. */
static void put_deep(struct random *random, struct bytes *archive)
{
	const size_t all = MAX_PATH_DEPTH - 2 + random_below(random, 4), first = all / 2 + random_below(random, 100);
	char target[2 * MAX_PATH_DEPTH + 8] = "";
	struct bytes path = {0}, other = {0};
	for (size_t n = 0; n < first; n++)
		memcpy(target + 2 * n, "d/", 3);
	put_link(random, archive, "s", target);
	for (size_t n = 0; n < all - first; n++)
		memcpy(target + 2 * n, "e/", 3);
	target[2 * (all - first)] = '\0';
	put_link(random, archive, "s/m", target);
	for (unsigned n = 1 + random_below(random, 6); n > 0; n--) {
		static const char *const lasts[] = {"x", "x", "x", "x/y", ".wh.x", ".wh..wh..opq", "x/.wh.y", "x/.wh..wh..opq"};
		path.length = other.length = 0;
		bytes_text(&path, "s/m/");
		bytes_text(&path, lasts[random_below(random, sizeof lasts / sizeof *lasts)]);
		bytes_text(&other, random_one_in(random, 2) ? "s/m/x" : "s");
		put_entry(random, archive, "0125"[random_below(random, 4)], &path, &other);
	}
	bytes_free(&path);
	bytes_free(&other);
}

static void put_layer(struct random *random, struct bytes *archive)
{
	random->calm = !random_one_in(random, 3);
	const bool deep = random_one_in(random, 6);
	const unsigned entries = 1 + random_below(random, deep ? ENTRIES / 4 : ENTRIES), at = random_below(random, entries);
	for (unsigned n = 0; n < entries; n++)
		if (deep && n == at)
			put_deep(random, archive);
		else
			put_random_entry(random, archive);
	if (random_one_in(random, 2))
		bytes_fill(archive, 0, 1024);
	if (random_oddly(random, 2)) {
		bytes_mutate(random, archive);
		sign_headers(archive);
	}
}

void fuzz_layer(struct random *random)
{
	struct bytes archive = {0};
	struct unpacking *unpacking = calloc(1, sizeof *unpacking);
	require(unpacking != NULL, "memory");
	unpacking->recorder.descriptor = -1;
	make_place();
	const int base = open(".", O_RDONLY | O_DIRECTORY);
	require(base >= 0 && dup2(base, 9) == 9, "the place");
	put_layer(random, &archive);
	const int result = unpack(random, &archive, unpacking);
	unpacker_close(&unpacking->unpacker);
	recorder_close(&unpacking->recorder);
	recorder_free(&unpacking->recorder);
	tar_free(&unpacking->reader);
	check_beside(base);
	if (result == 0)
		check_tree(openat(base, "layer", O_RDONLY | O_DIRECTORY), 0);
	else if (unpacking->failure.class == INTERNAL && !strstr(unpacking->failure.text, "set attribute")) {
		fprintf(stderr, "%s\n", unpacking->failure.text);
		require(false, "a layer is refused for what is wrong with it");
	}
	close(9);
	close(9);
	leave_place(base);
	free(unpacking);
	bytes_free(&archive);
}
