#include "unpack.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "attributes.h"
#include "entry_check.h"
#include "text.h"

enum { SPECIAL_BITS = 07000, DISK_BLOCK_BYTES = 4096 };
/* Between two looks at the free space of the disk. */
static const int64_t SPACE_CHECK_BYTES = 64 * 1024 * 1024;

int unpacker_open(struct unpacker *unpacker, const char *root, const struct limits *limits, struct failure *failure)
{
	*unpacker = (struct unpacker){.root = -1, .reserved_free_bytes = limits->reserved_free_bytes, .file = {.descriptor = -1}};
	if (layer_open(&unpacker->layer, root, limits->max_entries, failure) < 0)
		return -1;
	unpacker->root = dup(stack_top(unpacker->layer.stack));
	return unpacker->root < 0 ? fail(failure, errno, "open %s", root) : 0;
}

void unpacker_close(struct unpacker *unpacker)
{
	new_file_close(&unpacker->file);
	layer_close(&unpacker->layer);
	if (unpacker->root >= 0)
		close(unpacker->root);
	unpacker->root = -1;
}

static int account(struct unpacker *unpacker, int64_t bytes, struct failure *failure)
{
	struct statvfs disk;
	unpacker->since_space_check += bytes;
	if (unpacker->since_space_check < SPACE_CHECK_BYTES)
		return 0;
	unpacker->since_space_check = 0;
	if (fstatvfs(unpacker->root, &disk) < 0)
		return fail(failure, errno, "look at the free space");
	const uint64_t free_bytes = (uint64_t)disk.f_bavail * disk.f_frsize;
	if (free_bytes >= (uint64_t)unpacker->reserved_free_bytes)
		return 0;
	return refuse(failure, RESOURCE_EXHAUSTED, "unpack layer: %" PRIu64 " bytes are free on the disk, %" PRId64 " must stay free", free_bytes, unpacker->reserved_free_bytes);
}

/* What node, symlink and fifo have in common once they are there. */
static int finish_special(int parent, const char *name, const struct tar_entry *entry, int64_t *unkept, struct failure *failure)
{
	const struct timespec times[2] = {entry->mtime, entry->mtime};
	if ((entry->uid != 0 || entry->gid != 0) && fchownat(parent, name, (uid_t)entry->uid, (gid_t)entry->gid, AT_SYMLINK_NOFOLLOW) < 0)
		return fail(failure, errno, "set owner");
	if (entry->type != ENTRY_SYMLINK && (entry->mode & SPECIAL_BITS) && fchmodat(parent, name, entry->mode, 0) < 0)
		return fail(failure, errno, "set mode");
	if (set_xattrs_at(parent, name, entry->xattrs, entry->xattr_count, unkept, failure) < 0)
		return -1;
	return utimensat(parent, name, times, AT_SYMLINK_NOFOLLOW) < 0 ? fail(failure, errno, "set times") : 0;
}

/* Returns 0, or errno. */
static int make(struct unpacker *unpacker, int parent, const char *name, const struct tar_entry *entry)
{
	static const mode_t node_types[] = {[ENTRY_CHAR] = S_IFCHR, [ENTRY_BLOCK] = S_IFBLK, [ENTRY_FIFO] = S_IFIFO};
	const mode_t mode = entry->mode & (mode_t)~SPECIAL_BITS;
	if (entry->type == ENTRY_FILE)
		return new_file_open(&unpacker->file, parent, name, mode);
	/* A symlink's text is data of the image: where it leads is decided in the container. */
	const int result = entry->type == ENTRY_SYMLINK ? symlinkat(entry->link_path, parent, name)
		: mknodat(parent, name, node_types[entry->type] | mode, makedev((unsigned)entry->dev_major, (unsigned)entry->dev_minor));
	return result < 0 ? errno : 0;
}

static int create(struct unpacker *unpacker, const struct names *names, const char *name, const struct tar_entry *entry, struct failure *failure)
{
	struct quote quote;
	const int parent = layer_parent(&unpacker->layer, names, failure);
	if (parent < 0)
		return -1;
	int number = make(unpacker, parent, name, entry);
	if (number == EEXIST) {
		if (layer_clear(&unpacker->layer, name, failure) < 0)
			return -1;
		number = make(unpacker, parent, name, entry);
	}
	if (number != 0)
		return fail(failure, number, "make %s %s", entry_type_name(entry->type), quote_text(&quote, entry->path));
	unpacker->disk_bytes += (entry->size + DISK_BLOCK_BYTES - 1) / DISK_BLOCK_BYTES * DISK_BLOCK_BYTES;
	if (entry->type != ENTRY_FILE)
		return finish_special(parent, name, entry, &unpacker->layer.unkept_xattrs, failure);
	unpacker->has_file = true;
	unpacker->file_entry = *entry;
	return 0;
}

static int no_target(const struct tar_entry *entry, const char *what, struct failure *failure)
{
	struct quote target, path;
	return refuse(failure, DATA_LOSS, "unpack layer: the target %s of the hard link %s is %s", quote_text(&target, entry->link_path), quote_text(&path, entry->path), what);
}

static int link_to(struct unpacker *unpacker, int target_parent, const char *target, const struct names *names, const char *name, const struct tar_entry *entry, struct failure *failure)
{
	static const char missing[] = "not in this layer";
	struct layer *layer = &unpacker->layer;
	char target_path[MAX_REAL_PATH_BYTES];
	const char *path = stack_path_of(layer->stack, target);
	memcpy(target_path, path, strlen(path) + 1);
	const int parent = layer_parent(layer, names, failure);
	if (parent < 0)
		return -1;
	if (strcmp(target_path, stack_path_of(layer->stack, name)) == 0 || note_has(&layer->notes, target_path, NOTE_WHITEOUT))
		return no_target(entry, missing, failure);
	int result = linkat(target_parent, target, parent, name, 0);
	if (result < 0 && errno == EEXIST) {
		if (layer_clear(layer, name, failure) < 0)
			return -1;
		result = linkat(target_parent, target, parent, name, 0);
	}
	if (result == 0)
		return 0;
	if (errno == EPERM || errno == ENOENT)
		return no_target(entry, errno == EPERM ? "a directory" : missing, failure);
	return fail(failure, errno, "make link");
}

/* The target is a path from the layer's root, with or without a leading '/'; a link to a symlink is a second name of the symlink. */
static int make_link(struct unpacker *unpacker, const struct names *names, const char *name, const struct tar_entry *entry, struct failure *failure)
{
	struct names target;
	if (split_names(entry->link_path, &target, failure) < 0)
		return -1;
	if (target.count == 0)
		return no_target(entry, "not in this layer", failure);
	const int there = layer_existing_parent(&unpacker->layer, &target, failure);
	if (there < 0)
		return -1;
	/* A descriptor of its own: going to the new name may close the target's directory. */
	const int target_parent = dup(there);
	if (target_parent < 0)
		return fail(failure, errno, "open directory");
	const int result = link_to(unpacker, target_parent, last_name(&target), names, name, entry, failure);
	close(target_parent);
	return result;
}

static int content(struct unpacker *unpacker, const struct names *names, const struct tar_entry *entry, struct failure *failure)
{
	const char *name = last_name(names);
	if (entry->type == ENTRY_DIRECTORY)
		return layer_describe(&unpacker->layer, names, entry, failure);
	if (!name)
		return refuse(failure, DATA_LOSS, "unpack layer: the root directory is a %s in the archive", entry_type_name(entry->type));
	unpacker->inodes++;
	return entry->type == ENTRY_LINK ? make_link(unpacker, names, name, entry, failure) : create(unpacker, names, name, entry, failure);
}

/* About what an entry takes beside its data: an inode, those of directories on its way, and attributes. */
static int64_t entry_bytes(const struct unpacker *unpacker, const struct tar_entry *entry, int64_t made)
{
	int64_t bytes = (1 + unpacker->layer.made - made) * DISK_BLOCK_BYTES;
	for (size_t i = 0; i < entry->xattr_count; i++)
		bytes += (int64_t)entry->xattrs[i].value_length;
	return bytes;
}

int unpacker_entry(void *context, const struct tar_entry *entry, struct failure *failure)
{
	struct unpacker *unpacker = context;
	struct tar_entry checked = *entry;
	const int64_t made = unpacker->layer.made;
	struct names names;
	enum meaning meaning;
	const char *hidden;
	int result = 0;
	unpacker->layer.entries++;
	if (split_names(entry->path, &names, failure) < 0 || meaning_of(&names, &meaning, &hidden, failure) < 0)
		return -1;
	switch (meaning) {
	case MEANS_CONTENT:
		result = check_entry(&checked, failure) < 0 ? -1 : content(unpacker, &names, &checked, failure);
		break;
	case MEANS_WHITEOUT:
		result = layer_whiteout(&unpacker->layer, &names, hidden, failure);
		break;
	case MEANS_OPAQUE:
		result = layer_opaque(&unpacker->layer, &names, failure);
		break;
	case MEANS_NOTHING:
		break;
	}
	return result < 0 ? -1 : account(unpacker, entry_bytes(unpacker, &checked, made), failure);
}

int unpacker_data(void *context, const unsigned char *bytes, size_t length, struct failure *failure)
{
	struct unpacker *unpacker = context;
	if (!unpacker->has_file)
		return 0;
	if (new_file_append(&unpacker->file, bytes, length, failure) < 0)
		return -1;
	return account(unpacker, (int64_t)length, failure);
}

int unpacker_end(void *context, struct failure *failure)
{
	struct unpacker *unpacker = context;
	const struct tar_entry *entry = &unpacker->file_entry;
	if (!unpacker->has_file)
		return 0;
	unpacker->has_file = false;
	/* Data and length first, then ownership: changing either takes the capabilities away, and ownership the set-id bits, too. */
	if (new_file_complete(&unpacker->file, failure) < 0)
		return -1;
	if ((entry->uid != 0 || entry->gid != 0) && fchown(unpacker->file.descriptor, (uid_t)entry->uid, (gid_t)entry->gid) < 0)
		return fail(failure, errno, "set owner of file");
	if ((entry->mode & SPECIAL_BITS) && fchmod(unpacker->file.descriptor, entry->mode) < 0)
		return fail(failure, errno, "set mode of file");
	if (set_xattrs(unpacker->file.descriptor, entry->xattrs, entry->xattr_count, &unpacker->layer.unkept_xattrs, failure) < 0)
		return -1;
	return new_file_finish(&unpacker->file, &entry->mtime, failure);
}

int unpacker_finish(struct unpacker *unpacker, const char *implied_file, struct failure *failure)
{
	return layer_finish(&unpacker->layer, implied_file, failure);
}

struct usage unpacker_usage(const struct unpacker *unpacker)
{
	const int64_t made = unpacker->layer.made;
	return (struct usage){.disk_bytes = unpacker->disk_bytes + made * DISK_BLOCK_BYTES, .inodes = unpacker->inodes + made};
}
