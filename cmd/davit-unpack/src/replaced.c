#include "replaced.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 24 };

int replaced_add(struct replaced *replaced, int64_t entry, const char *path, struct failure *failure)
{
	char number[NUMBER_BYTES];
	const size_t digits = (size_t)snprintf(number, sizeof number, "%" PRId64, entry) + 1, length = strlen(path) + 1;
	replaced->any = true;
	if (!replaced->list && !(replaced->list = malloc(REPLACED_LIST_BYTES)))
		return fail(failure, ENOMEM, "unpack layer");
	if (replaced->overflowed || digits + length > REPLACED_LIST_BYTES - replaced->length) {
		replaced->overflowed = true;
		return 0;
	}
	memcpy(replaced->list + replaced->length, number, digits);
	memcpy(replaced->list + replaced->length + digits, path, length);
	replaced->length += digits + length;
	return 0;
}

void replaced_free(struct replaced *replaced)
{
	free(replaced->list);
	*replaced = (struct replaced){0};
}
