/* Archives for cases: as right or as wrong as the numbers say. */
#pragma once
#include "case.h"

struct header_spec {
	const char *name, *link_name, *prefix;
	char type;
	int64_t mode, uid, gid, size, mtime, dev_major, dev_minor;
};

/* A number as a header has it: octal where it fits, else base-256. False when it fits in neither way. */
bool put_number(struct random *random, unsigned char *field, size_t length, int64_t value);
/* A block with its checksum. */
void put_header(struct random *random, struct bytes *archive, const struct header_spec *spec);
/* Makes the checksum of a block right. */
void sign_header(unsigned char *block);
/* A header of metadata ('x', 'g', 'L', 'K'), its bytes and padding. */
void put_metadata(struct random *random, struct bytes *archive, char type, const struct bytes *metadata);
/* "<length> <key>=<value>\n". */
void put_record(struct bytes *records, const void *key, size_t key_length, const void *value, size_t value_length);
void put_text_record(struct bytes *records, const char *key, const char *value);
/* Zeros up to a whole block. */
void put_padding(struct bytes *archive);
