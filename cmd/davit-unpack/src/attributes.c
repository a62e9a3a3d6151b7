#include "attributes.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "limits.h"
#include "names.h"

/* The name on the disk with what escaping adds. */
struct stored_name { char text[MAX_XATTR_NAME_BYTES + sizeof "overlay."]; };

/*
 * False when the attribute is left out: labels of the machine that made the image (security.selinux, security.ima, …) mean nothing here. Overlayfs' own
 * names would let a layer redirect or hide what lies below it: they are escaped as overlayfs itself does (Linux 6.7), so that they are data again in the container.
 */
static bool stored_name_of(const struct xattr *xattr, struct stored_name *stored)
{
	static const char *const escaped[] = {"trusted.overlay.", "user.overlay."}, *const prefixes[] = {"user.", "trusted."};
	static const char *const kept[] = {"security.capability", "system.posix_acl_access", "system.posix_acl_default"};
	char name[MAX_XATTR_NAME_BYTES + 1];
	memcpy(name, xattr->name, xattr->name_length);
	name[xattr->name_length] = '\0';
	for (size_t i = 0; i < sizeof escaped / sizeof *escaped; i++)
		if (begins_with(name, escaped[i])) {
			snprintf(stored->text, sizeof stored->text, "%soverlay.%s", escaped[i], name + strlen(escaped[i]));
			return true;
		}
	bool keep = false;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		keep = keep || strcmp(name, kept[i]) == 0;
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		keep = keep || (begins_with(name, prefixes[i]) && name[strlen(prefixes[i])] != '\0');
	snprintf(stored->text, sizeof stored->text, "%s", name);
	return keep;
}

/* An attribute that was refused with `number`. */
static int not_set(const char *attribute, int number, int64_t *unkept, struct failure *failure)
{
	if (number != EOPNOTSUPP)
		return fail(failure, number, "set attribute %s", attribute);
	if (!begins_with(attribute, "user."))
		return refuse(failure, FAILED_PRECONDITION, "unpack layer: the file system keeps no attribute %s, which a file of the layer has; expected one that does, as ext4, xfs or btrfs", attribute);
	++*unkept;
	return 0;
}

int set_xattrs(int descriptor, const struct xattr *xattrs, size_t count, int64_t *unkept, struct failure *failure)
{
	struct stored_name stored;
	for (size_t i = 0; i < count; i++)
		if (stored_name_of(&xattrs[i], &stored) && fsetxattr(descriptor, stored.text, xattrs[i].value, xattrs[i].value_length, 0) < 0 && not_set(stored.text, errno, unkept, failure) < 0)
			return -1;
	return 0;
}

/* There is no setxattrat(2) before Linux 6.13. Returns 0, or errno. */
static int set_at(int directory, const char *name, const char *attribute, const void *value, size_t length)
{
	return fchdir(directory) < 0 || lsetxattr(name, attribute, value, length, 0) < 0 ? errno : 0;
}

int set_xattrs_at(int directory, const char *name, const struct xattr *xattrs, size_t count, int64_t *unkept, struct failure *failure)
{
	struct stored_name stored;
	for (size_t i = 0; i < count; i++) {
		const int number = stored_name_of(&xattrs[i], &stored) ? set_at(directory, name, stored.text, xattrs[i].value, xattrs[i].value_length) : 0;
		if (number != 0 && not_set(stored.text, number, unkept, failure) < 0)
			return -1;
	}
	return 0;
}

int set_opaque_at(int directory, const char *name, struct failure *failure)
{
	int64_t unkept = 0;
	const int number = set_at(directory, name, OPAQUE_XATTR, "y", 1);
	return number == 0 ? 0 : not_set(OPAQUE_XATTR, number, &unkept, failure);
}
