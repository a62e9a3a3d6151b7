/* Entries of archives, with a liking for limits. */
#pragma once
#include "archive.h"

/* An entry of any kind, with metadata before it and data behind it as it needs them. */
void put_random_entry(struct random *random, struct bytes *archive);
/* The same of these names, in a form of header that can hold them. `link_path` may be NULL. */
void put_entry(struct random *random, struct bytes *archive, char type, const struct bytes *path, const struct bytes *link_path);
/* Makes the checksums of all blocks right that look like headers. */
void sign_headers(struct bytes *archive);
/* A name for an entry: a few names again and again, ways through them, and now and then one at a limit. */
void put_random_path(struct random *random, struct bytes *path);
/* What a symlink says. */
void put_random_target(struct random *random, struct bytes *target);
