/*
 * What of an archive had to go for a later entry of it. Who compares the archive with the files, or makes it again, passes over what was there:
 * for each, the number of that later entry (the first is 1) and the real path, a NUL behind each.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "failure.h"

/* Where so much is replaced that this is not enough, all that is known is that. */
enum { REPLACED_LIST_BYTES = 128 * 1024 };

struct replaced {
	bool any, overflowed;
	size_t length;
	char *list;
};

int replaced_add(struct replaced *replaced, int64_t entry, const char *path, struct failure *failure);
void replaced_free(struct replaced *replaced);
