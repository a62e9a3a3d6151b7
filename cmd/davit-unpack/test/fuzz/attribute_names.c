/* Attributes: none but those meant for a layer reach the disk, and overlayfs' own only escaped. The linker sends the system calls here (--wrap). */
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include "case.h"
#include "../../src/attributes.h"
#include "../../src/limits.h"

int __real_fsetxattr(int descriptor, const char *name, const void *value, size_t size, int flags);
int __wrap_fsetxattr(int descriptor, const char *name, const void *value, size_t size, int flags);
int __real_lsetxattr(const char *path, const char *name, const void *value, size_t size, int flags);
int __wrap_lsetxattr(const char *path, const char *name, const void *value, size_t size, int flags);

/* Set while nothing is to reach a disk. */
static unsigned *counted;

static bool starts(const char *name, const char *prefix)
{
	return strncmp(name, prefix, strlen(prefix)) == 0;
}

static void check_name(const char *name, size_t size)
{
	require(strlen(name) <= MAX_XATTR_NAME_BYTES + sizeof "overlay." - 1 && size <= MAX_XATTR_BYTES, "an attribute fits");
	require(starts(name, "user.") || starts(name, "trusted.") || strcmp(name, "security.capability") == 0 || starts(name, "system.posix_acl_"), "an attribute is one that a layer may set");
	require(!starts(name, "trusted.overlay.") || starts(name, "trusted.overlay.overlay."), "an attribute of overlayfs is escaped");
	require(!starts(name, "user.overlay.") || starts(name, "user.overlay.overlay."), "an attribute of overlayfs for users is escaped");
}

int __wrap_fsetxattr(int descriptor, const char *name, const void *value, size_t size, int flags)
{
	check_name(name, size);
	if (!counted)
		return __real_fsetxattr(descriptor, name, value, size, flags);
	++*counted;
	return 0;
}

int __wrap_lsetxattr(const char *path, const char *name, const void *value, size_t size, int flags)
{
	require(strchr(path, '/') == NULL, "attributes are set by one name in an open directory");
	if (strcmp(name, OPAQUE_XATTR) != 0)
		check_name(name, size);
	return __real_lsetxattr(path, name, value, size, flags);
}

void fuzz_attributes(struct random *random)
{
	static const char *const begins[] = {"user.", "trusted.", "security.", "system.", "trusted.overlay.", "user.overlay.", "trusted.overlay.overlay.", "security.capability", "system.posix_acl_access", "trusted.overlay.opaque", "", "user", "USER."};
	char name[MAX_XATTR_NAME_BYTES + 1];
	struct failure failure;
	unsigned calls = 0;
	int64_t unkept = 0;
	const char *begin = begins[random_below(random, sizeof begins / sizeof *begins)];
	size_t length = strlen(begin), more = random_one_in(random, 4) ? MAX_XATTR_NAME_BYTES - length - random_below(random, 2) : random_below(random, 6);
	memcpy(name, begin, length);
	for (; more > 0; more--)
		name[length++] = "a.overlay"[random_below(random, 9)];
	/* Without a NUL behind it, as it lies in a PAX header. */
	unsigned char *exact = exactly((const unsigned char *)name, length);
	const struct xattr xattr = {.name = (const char *)exact, .name_length = length, .value = "", .value_length = 0};
	counted = &calls;
	require(set_xattrs(-1, &xattr, 1, &unkept, &failure) == 0 && calls <= 1, "an attribute is set once, or left out");
	counted = NULL;
	free(exact);
}
