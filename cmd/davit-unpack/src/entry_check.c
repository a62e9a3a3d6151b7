#include "entry_check.h"
#include <inttypes.h>
#include <string.h>
#include "text.h"

/* Linux has 12 bits of major and 20 of minor; 2^32-1 means "leave as it is" to chown. */
static const int64_t MAX_MAJOR = 0xfff, MAX_MINOR = 0xfffff, MAX_ID = 0xfffffffe;
/* The widest time that every file system of ours keeps. */
static const int64_t MAX_TIME_SECONDS = (int64_t)1 << 33;

static int check_owner(const struct tar_entry *entry, int64_t id, struct failure *failure)
{
	struct quote quote;
	if (id >= 0 && id <= MAX_ID)
		return 0;
	return refuse(failure, DATA_LOSS, "unpack layer: %s belongs to id %" PRId64 ", want 0 to %" PRId64, quote_text(&quote, entry->path), id, MAX_ID);
}

static int check_device(const struct tar_entry *entry, struct failure *failure)
{
	struct quote quote;
	if (entry->dev_major < 0 || entry->dev_major > MAX_MAJOR || entry->dev_minor < 0 || entry->dev_minor > MAX_MINOR)
		return refuse(failure, DATA_LOSS, "unpack layer: the device %s has the number %" PRId64 ":%" PRId64 ", want up to %" PRId64 ":%" PRId64, quote_text(&quote, entry->path),
			entry->dev_major, entry->dev_minor, MAX_MAJOR, MAX_MINOR);
	/* Overlayfs takes such a device for a whiteout: an archive has '.wh.' names for that. */
	if (entry->type == ENTRY_CHAR && entry->dev_major == 0 && entry->dev_minor == 0)
		return refuse(failure, DATA_LOSS, "unpack layer: %s is the character device 0:0, which only a whiteout may be", quote_text(&quote, entry->path));
	return 0;
}

static int check_symlink(const struct tar_entry *entry, struct failure *failure)
{
	struct quote quote;
	const size_t length = strlen(entry->link_path);
	if (length >= 1 && length <= MAX_PATH_BYTES)
		return 0;
	return refuse(failure, DATA_LOSS, "unpack layer: the symlink %s has a target of %zu bytes, want 1 to %d", quote_text(&quote, entry->path), length, MAX_PATH_BYTES);
}

static int check_xattr(const struct tar_entry *entry, const struct xattr *xattr, struct failure *failure)
{
	struct quote quote, name_quote;
	if (xattr->value_length <= MAX_XATTR_BYTES && xattr->name_length <= MAX_XATTR_NAME_BYTES && !memchr(xattr->name, '\0', xattr->name_length))
		return 0;
	return refuse(failure, DATA_LOSS, "unpack layer: %s has the attribute %s of %zu bytes, at most %d are allowed", quote_text(&quote, entry->path),
		quote_bytes(&name_quote, xattr->name, xattr->name_length), xattr->value_length, MAX_XATTR_BYTES);
}

int check_entry(struct tar_entry *entry, struct failure *failure)
{
	if (check_owner(entry, entry->uid, failure) < 0 || check_owner(entry, entry->gid, failure) < 0)
		return -1;
	if ((entry->type == ENTRY_CHAR || entry->type == ENTRY_BLOCK) && check_device(entry, failure) < 0)
		return -1;
	if (entry->type == ENTRY_SYMLINK && check_symlink(entry, failure) < 0)
		return -1;
	for (size_t i = 0; i < entry->xattr_count; i++)
		if (check_xattr(entry, &entry->xattrs[i], failure) < 0)
			return -1;
	if (entry->mtime.tv_sec < 0)
		entry->mtime = (struct timespec){0};
	if (entry->mtime.tv_sec >= MAX_TIME_SECONDS)
		entry->mtime = (struct timespec){.tv_sec = MAX_TIME_SECONDS};
	return 0;
}
