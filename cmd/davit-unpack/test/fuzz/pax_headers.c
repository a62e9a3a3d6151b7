/* PAX headers: what was written is read, the last of a key counts, and any bytes at all are read or refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "archive.h"
#include "../../src/limits.h"
#include "../../src/pax.h"

enum { RECORDS = 8, VALUE_BYTES = 300 };
static const char *const keys[] = {"path", "linkpath", "size", "uid", "gid", "mtime", "atime", "comment", "SCHILY.xattr.user.a", "SCHILY.xattr.user.b", "SCHILY.xattr.", "GNU.sparse.major", "SCHILY.dev"};
enum { KEYS = sizeof keys / sizeof *keys, RIGHT_KEYS = 11 };

static void put_value(struct random *random, unsigned key, char value[VALUE_BYTES])
{
	static const char *const odd[] = {"", "-1", "1.", ".5", "1.5", "-1.5", "1e3", " 1", "00000000000000000001", "9007199254740991", "9007199254740992", "99999999999999999999", "0x1", "1.1234567891", "1.12345678x"};
	if (key >= 2 && key <= 5 && random_one_in(random, 2))
		snprintf(value, VALUE_BYTES, "%lld", (long long)random_number(random));
	else if (key >= 2 && key <= 5)
		strcpy(value, odd[random_below(random, sizeof odd / sizeof *odd)]);
	else {
		const size_t length = random_below(random, 20) + (random_one_in(random, 4) ? 100 : 0);
		for (size_t i = 0; i < length; i++)
			value[i] = "abc/.=\n"[random_below(random, 7)];
		value[length] = '\0';
	}
}

static int parse(struct pax *pax, const struct bytes *records, unsigned char **exact)
{
	struct failure failure;
	*exact = exactly(records->at, records->length);
	return parse_pax(pax, (const char *)*exact, records->length, &failure);
}

static void read_all(const struct pax *pax)
{
	unsigned sum = 0;
	for (size_t i = 0; i < pax->path_length + pax->link_path_length; i++)
		sum += (unsigned char)(i < pax->path_length ? pax->path[i] : pax->link_path[i - pax->path_length]);
	for (size_t i = 0; i < pax->xattr_count; i++)
		for (size_t j = 0; j < pax->xattrs[i].name_length + pax->xattrs[i].value_length; j++)
			sum += (unsigned char)(j < pax->xattrs[i].name_length ? pax->xattrs[i].name[j] : pax->xattrs[i].value[j - pax->xattrs[i].name_length]);
	/* Used, so that the bytes are read. */
	require(sum < UINT32_MAX && pax->xattr_count <= MAX_XATTRS, "attributes are at most so many");
	require(!pax->has_size || (pax->size >= 0 && pax->size <= MAX_SAFE_INTEGER), "a size is one");
	require(!pax->has_mtime || (pax->mtime.tv_nsec >= 0 && pax->mtime.tv_nsec < 1000000000), "nanoseconds are less than a second");
}

void fuzz_pax(struct random *random)
{
	struct bytes records = {0};
	struct pax pax = {0};
	char value[VALUE_BYTES], last_path[VALUE_BYTES] = "", last_size[VALUE_BYTES] = "";
	unsigned char *exact;
	for (unsigned n = random_below(random, RECORDS); n > 0; n--) {
		const unsigned key = random_below(random, random_one_in(random, 8) ? KEYS : RIGHT_KEYS);
		put_value(random, key, value);
		put_text_record(&records, keys[key], value);
		if (key == 0)
			strcpy(last_path, value);
		if (key == 2)
			strcpy(last_size, value);
	}
	if (parse(&pax, &records, &exact) == 0) {
		read_all(&pax);
		require(pax.path_length == strlen(last_path) && memcmp(pax.path ? pax.path : "", last_path, pax.path_length) == 0, "the last path counts");
		require(pax.has_size == (last_size[0] != '\0') && (!pax.has_size || pax.size == strtoll(last_size, NULL, 10)), "the last size counts");
	}
	free(exact);
	if (records.length > 0) {
		bytes_mutate(random, &records);
		if (parse(&pax, &records, &exact) == 0)
			read_all(&pax);
		free(exact);
	}
	pax_free(&pax);
	bytes_free(&records);
}
