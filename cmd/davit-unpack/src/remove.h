/* Removes a tree by names in open directories; follows no symlink. */
#pragma once
#include <stddef.h>
#include "failure.h"

/* Called with the path of each thing that has gone. */
struct remover { void *context; void (*gone)(void *context, const char *path); };

/* @param path of `name` for `remover`; it has room for MAX_REAL_PATH_BYTES and is the same afterwards. */
int remove_tree(int directory, const char *name, char *path, const struct remover *remover, struct failure *failure);
