/* A file that is being written for the first time; long runs of zeros become holes. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>
#include "failure.h"

struct new_file {
	int descriptor;
	int64_t bytes;
	/* So many of them are on their way to the disk. */
	int64_t sent_bytes;
	/* Zeros since an aligned place, at the end of what came: they become a hole if more of them come. */
	size_t pending_zeros;
	/* It ends with a hole, which a length must be given to. */
	bool ends_with_hole;
};

/* openat(2) with O_CREAT, O_EXCL and O_NOFOLLOW. Returns 0, or errno: EEXIST for anything that has the name. */
int new_file_open(struct new_file *file, int directory, const char *name, mode_t mode);
/* Appends. Aligned blocks of zeros are left out: they read the same and take no place. Of a large file the kernel begins to write to the disk at once what is complete. */
int new_file_append(struct new_file *file, const unsigned char *bytes, size_t length, struct failure *failure);
/* All of its data came: gives it its length. Nothing that follows changes its data: what does takes the file's capabilities away. */
int new_file_complete(struct new_file *file, struct failure *failure);
/* Gives it both of its times, and closes it. */
int new_file_finish(struct new_file *file, const struct timespec *time, struct failure *failure);
/* Twice is harmless. */
void new_file_close(struct new_file *file);
