/* The names in a directory, one after another; without the memory that readdir() allocates. */
#pragma once
#include "io.h"

enum { DIRECTORY_READ = 2048 };

struct directory {
	int fd;
	long have, at;
	_Alignas(uint64_t) char space[DIRECTORY_READ];
};

/* The caller closes `fd`, which is -1 on failure. */
int directory_open(struct directory *directory, const char *path);
/* "." and ".." too. Valid until the next call; NULL at the end. */
const char *directory_next(struct directory *directory);
