#include "directory.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>

/* What getdents64(2) writes. */
struct entry {
	uint64_t inode;
	int64_t next;
	uint16_t size;
	uint8_t type;
	char name[];
};

int directory_open(struct directory *directory, const char *path)
{
	directory->have = directory->at = 0;
	directory->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return directory->fd < 0 ? -errno : 0;
}

const char *directory_next(struct directory *directory)
{
	if (directory->at >= directory->have) {
		directory->have = syscall(SYS_getdents64, directory->fd, directory->space, sizeof directory->space);
		directory->at = 0;
		if (directory->have <= 0)
			return NULL;
	}
	const struct entry *entry = (const struct entry *)(const void *)(directory->space + directory->at);
	directory->at += entry->size;
	return entry->name;
}
