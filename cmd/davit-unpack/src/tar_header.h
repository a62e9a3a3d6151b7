/* The 512-byte header of ustar, GNU and V7 archives. */
#pragma once
#include <stdint.h>
#include "failure.h"

enum { BLOCK_BYTES = 512, NAME_FIELD_BYTES = 100, PREFIX_FIELD_BYTES = 155 };

struct tar_header {
	/* With the prefix of ustar. */
	char name[PREFIX_FIELD_BYTES + 1 + NAME_FIELD_BYTES + 1];
	char link_name[NAME_FIELD_BYTES + 1];
	/* '0' also for the NUL of V7. */
	char type;
	int64_t mode, uid, gid, size, mtime;
	int64_t dev_major, dev_minor;
};

/* Reads a block. Returns 1, 0 for a block of zeros, -1 when its checksum or a number is wrong. */
int parse_tar_header(const unsigned char *block, struct tar_header *header, struct failure *failure);
