#include "pinroot.h"
#include "system/directory.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <linux/stat.h>

/* Says that the mount is ours, so that one that an administrator made is never taken away. */
#define MARK ".davit-mount"

static int open_parent(const char *directory, char *parent, size_t size, struct error *error)
{
	const char *slash = strrchr(directory, '/');
	int result = format_path(parent, size, "%.*s", (int)(slash - directory), directory);
	if (result < 0 || slash == directory)
		return fail(error, EINVAL, "namespace directory \"%s\"", directory);
	cleanup_fd int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* The lock is the directory's own, the same below and above the mount. Held for a few system calls. */
	if (fd < 0 && errno == ENOENT)
		return -ENOENT;
	if (fd < 0 || flock(fd, LOCK_EX) < 0)
		return fail(error, errno, "open \"%s\"", parent);
	return steal_fd(&fd);
}

static bool is_mount(const char *path)
{
	struct statx info;
	return syscall(SYS_statx, AT_FDCWD, path, AT_NO_AUTOMOUNT, STATX_TYPE, &info) == 0 && (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

static int mark_path(const char *parent, char *path, size_t size)
{
	return format_path(path, size, "%s/" MARK, parent);
}

static int make_mount(const char *parent, struct error *error)
{
	char mark[PATH_MAX];
	if (is_mount(parent))
		return 0;
	if (mark_path(parent, mark, sizeof mark) < 0)
		return fail(error, ENAMETOOLONG, "\"%s\"", parent);
	cleanup_fd int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || mount(parent, parent, NULL, MS_BIND, NULL) < 0)
		return fail(error, errno, "mount \"%s\" on itself", parent);
	if (mount(NULL, parent, NULL, MS_PRIVATE, NULL) < 0 || mount(NULL, parent, NULL, MS_SHARED, NULL) < 0)
		return fail(error, errno, "make \"%s\" a shared mount", parent);
	return 0;
}

int pinroot_add(const char *directory, struct error *error)
{
	char parent[PATH_MAX];
	cleanup_fd int lock = open_parent(directory, parent, sizeof parent, error);
	if (lock == -ENOENT)
		return fail(error, ENOENT, "directory \"%s\"", parent);
	if (lock < 0)
		return lock;
	int result = make_mount(parent, error);
	if (result < 0)
		return result;
	return mkdir(directory, 0700) < 0 ? fail(error, errno, "mkdir \"%s\"", directory) : 0;
}

static bool only_mark(const char *parent)
{
	struct directory directory;
	bool only = directory_open(&directory, parent) == 0;
	for (const char *name; only && (name = directory_next(&directory)) != NULL;)
		only = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, MARK) == 0;
	close_fd(&directory.fd);
	return only;
}

int pinroot_remove(const char *directory, struct error *error)
{
	char parent[PATH_MAX], mark[PATH_MAX];
	struct stat there;
	cleanup_fd int lock = open_parent(directory, parent, sizeof parent, error);
	if (lock < 0)
		return lock == -ENOENT ? 0 : lock;
	if (rmdir(directory) < 0 && errno != ENOENT)
		return fail(error, errno, "rmdir \"%s\"", directory);
	if (mark_path(parent, mark, sizeof mark) < 0 || stat(mark, &there) < 0 || !only_mark(parent))
		return 0;
	if (is_mount(parent) && umount2(parent, MNT_DETACH) < 0)
		return fail(error, errno, "umount \"%s\"", parent);
	unlink(mark);
	return 0;
}
