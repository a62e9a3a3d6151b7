#include "remove.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_children(DIR *directory, char *path, const struct remover *remover, struct failure *failure)
{
	const size_t length = strlen(path);
	for (struct dirent *child; errno = 0, (child = readdir(directory)) != NULL;) {
		if (strcmp(child->d_name, ".") == 0 || strcmp(child->d_name, "..") == 0)
			continue;
		path[length] = '/';
		memcpy(path + length + 1, child->d_name, strlen(child->d_name) + 1);
		const int result = remove_tree(dirfd(directory), child->d_name, path, remover, failure);
		path[length] = '\0';
		if (result < 0)
			return -1;
	}
	return errno == 0 ? 0 : fail(failure, errno, "read directory");
}

/* Never one that something is mounted on. */
static DIR *open_directory(int parent, const char *name, struct failure *failure)
{
	struct stat own, parents;
	const int descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *directory = NULL;
	if (descriptor < 0 || fstat(descriptor, &own) < 0 || fstat(parent, &parents) < 0)
		fail(failure, errno, "open directory");
	else if (own.st_dev != parents.st_dev)
		refuse(failure, INTERNAL, "remove directory: something is mounted there");
	else if (!(directory = fdopendir(descriptor)))
		fail(failure, errno, "read directory");
	if (!directory && descriptor >= 0)
		close(descriptor);
	return directory;
}

int remove_tree(int directory, const char *name, char *path, const struct remover *remover, struct failure *failure)
{
	if (unlinkat(directory, name, 0) < 0) {
		if (errno == ENOENT)
			return 0;
		if (errno != EISDIR && errno != EPERM)
			return fail(failure, errno, "remove file");
		DIR *children = open_directory(directory, name, failure);
		if (!children)
			return -1;
		const int result = remove_children(children, path, remover, failure);
		closedir(children);
		if (result < 0)
			return -1;
		if (unlinkat(directory, name, AT_REMOVEDIR) < 0)
			return fail(failure, errno, "remove directory");
	}
	remover->gone(remover->context, path);
	return 0;
}
