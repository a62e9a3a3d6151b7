/* PAX extended headers, https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_02: records of "<length> <key>=<value>\n". */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include "failure.h"

/* An extended attribute; its bytes are in the header that it came with. */
struct xattr {
	const char *name, *value;
	size_t name_length, value_length;
};

/* What a header says about the next entry; what it does not say leaves the entry's own field. Points into the header's bytes. */
struct pax {
	const char *path, *link_path;
	size_t path_length, link_path_length;
	bool has_size, has_uid, has_gid, has_mtime;
	int64_t size, uid, gid;
	struct timespec mtime;
	struct xattr *xattrs;
	size_t xattr_count, xattr_room;
};

/* Reads the records of one header in place of what `pax` held. `data` must stay as long as `pax` is used. */
int parse_pax(struct pax *pax, const char *data, size_t length, struct failure *failure);
/* Whether it says anything. */
bool pax_is_empty(const struct pax *pax);
/* Forgets what it says, and keeps its room. */
void pax_clear(struct pax *pax);
void pax_free(struct pax *pax);
