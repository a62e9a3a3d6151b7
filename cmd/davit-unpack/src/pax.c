#include "pax.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "limits.h"
#include "text.h"

static const char XATTR_PREFIX[] = "SCHILY.xattr.", SPARSE_PREFIX[] = "GNU.sparse.";
/* Of what is wrong, in messages. */
enum { SHOWN_BYTES = 40, LENGTH_DIGITS = 9, NUMBER_DIGITS = 16, NANOSECOND_DIGITS = 9 };

struct record { const char *key, *value; size_t key_length, value_length; };

static bool begins_with(const struct record *record, const char *prefix)
{
	return record->key_length >= strlen(prefix) && memcmp(record->key, prefix, strlen(prefix)) == 0;
}

static bool key_is(const struct record *record, const char *key)
{
	return record->key_length == strlen(key) && memcmp(record->key, key, record->key_length) == 0;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Cuts the record at `at`; its length counts itself, the space and the newline. Returns the record's length, 0 when it is out of form. */
static size_t cut_record(const char *data, size_t length, size_t at, struct record *record)
{
	size_t digits = 0, size = 0;
	while (at + digits < length && digits < LENGTH_DIGITS && is_digit(data[at + digits]))
		size = size * 10 + (size_t)(data[at + digits++] - '0');
	if (digits == 0 || data[at] == '0' || at + digits >= length || data[at + digits] != ' ')
		return 0;
	if (size > length - at || size <= digits + 1 || data[at + size - 1] != '\n')
		return 0;
	record->key = data + at + digits + 1;
	const char *equals = memchr(record->key, '=', size - digits - 1);
	if (!equals || equals == record->key)
		return 0;
	record->key_length = (size_t)(equals - record->key);
	record->value = equals + 1;
	record->value_length = size - digits - 1 - record->key_length - 2;
	return size;
}

static int keep_xattr(struct pax *pax, const struct record *record, struct failure *failure)
{
	const size_t skip = sizeof XATTR_PREFIX - 1;
	struct xattr xattr = {.name = record->key + skip, .name_length = record->key_length - skip, .value = record->value, .value_length = record->value_length};
	/* Each is compared with all before it: none may be long. */
	if (xattr.name_length > MAX_XATTR_NAME_BYTES)
		return refuse(failure, DATA_LOSS, "read PAX header: the name of an extended attribute has %zu bytes, at most %d are allowed", xattr.name_length, MAX_XATTR_NAME_BYTES);
	for (size_t i = 0; i < pax->xattr_count; i++)
		if (pax->xattrs[i].name_length == xattr.name_length && memcmp(pax->xattrs[i].name, xattr.name, xattr.name_length) == 0) {
			pax->xattrs[i] = xattr;
			return 0;
		}
	if (pax->xattr_count == MAX_XATTRS)
		return refuse(failure, DATA_LOSS, "read PAX header: more than %d extended attributes", MAX_XATTRS);
	if (pax->xattr_count == pax->xattr_room) {
		const size_t room = pax->xattr_room * 2 + 4;
		struct xattr *more = realloc(pax->xattrs, room * sizeof *more);
		if (!more)
			return fail(failure, ENOMEM, "read PAX header");
		pax->xattrs = more;
		pax->xattr_room = room;
	}
	pax->xattrs[pax->xattr_count++] = xattr;
	return 0;
}

/* An empty value takes an earlier record back. */
static int keep_text(const struct record *record, const char **text, size_t *length, struct failure *failure)
{
	if (memchr(record->value, '\0', record->value_length))
		return refuse(failure, DATA_LOSS, "read PAX header: %.*s holds a NUL byte", (int)record->key_length, record->key);
	*text = record->value_length == 0 ? NULL : record->value;
	*length = record->value_length;
	return 0;
}

static int wrong(const struct record *record, const char *want, struct failure *failure)
{
	struct quote quote;
	quote_bytes(&quote, record->value, record->value_length < SHOWN_BYTES ? record->value_length : SHOWN_BYTES);
	return refuse(failure, DATA_LOSS, "read PAX header: %.*s is %s, want %s", (int)record->key_length, record->key, quote.text, want);
}

/* Digits up to `end`; -1 for none, too many, or too large a number. */
static int64_t digits_value(const char *digits, const char *end, bool zeros_first)
{
	while (zeros_first && end - digits > 1 && *digits == '0')
		digits++;
	if (digits == end || end - digits > NUMBER_DIGITS)
		return -1;
	int64_t value = 0;
	for (; digits < end; digits++) {
		if (!is_digit(*digits))
			return -1;
		value = value * 10 + (*digits - '0');
	}
	return value <= MAX_SAFE_INTEGER ? value : -1;
}

static int keep_number(const struct record *record, bool *has, int64_t *value, struct failure *failure)
{
	*has = record->value_length > 0;
	if (*has && (*value = digits_value(record->value, record->value + record->value_length, true)) < 0)
		return wrong(record, "a number below 2^53", failure);
	return 0;
}

static int keep_mtime(struct pax *pax, const struct record *record, struct failure *failure)
{
	const char *at = record->value, *end = at + record->value_length;
	pax->has_mtime = record->value_length > 0;
	if (!pax->has_mtime)
		return 0;
	const bool negative = *at == '-';
	at += negative;
	const char *point = memchr(at, '.', (size_t)(end - at));
	const int64_t seconds = digits_value(at, point ? point : end, false);
	long nanoseconds = 0;
	if (seconds < 0)
		return wrong(record, "seconds", failure);
	for (int i = 0; point && (i < NANOSECOND_DIGITS || point + 1 + i < end); i++) {
		const char *digit = point + 1 + i;
		if (digit < end && !is_digit(*digit))
			return wrong(record, "seconds", failure);
		if (i < NANOSECOND_DIGITS)
			nanoseconds = nanoseconds * 10 + (digit < end ? *digit - '0' : 0);
	}
	pax->mtime = (struct timespec){.tv_sec = negative ? -seconds - 1 : seconds, .tv_nsec = negative ? 0 : nanoseconds};
	return 0;
}

static int apply(struct pax *pax, const struct record *record, struct failure *failure)
{
	if (begins_with(record, XATTR_PREFIX))
		return keep_xattr(pax, record, failure);
	if (begins_with(record, SPARSE_PREFIX))
		return refuse(failure, UNIMPLEMENTED, "read tar: sparse files (PAX GNU.sparse) are not supported in image layers");
	if (key_is(record, "path"))
		return keep_text(record, &pax->path, &pax->path_length, failure);
	if (key_is(record, "linkpath"))
		return keep_text(record, &pax->link_path, &pax->link_path_length, failure);
	if (key_is(record, "size"))
		return keep_number(record, &pax->has_size, &pax->size, failure);
	if (key_is(record, "uid"))
		return keep_number(record, &pax->has_uid, &pax->uid, failure);
	if (key_is(record, "gid"))
		return keep_number(record, &pax->has_gid, &pax->gid, failure);
	if (key_is(record, "mtime"))
		return keep_mtime(pax, record, failure);
	return 0; /* comments, times and names that a layer does not need */
}

int parse_pax(struct pax *pax, const char *data, size_t length, struct failure *failure)
{
	struct record record;
	pax_clear(pax);
	for (size_t at = 0, size; at < length; at += size) {
		size = cut_record(data, length, at, &record);
		if (size == 0) {
			struct quote quote;
			quote_bytes(&quote, data + at, length - at < SHOWN_BYTES ? length - at : SHOWN_BYTES);
			return refuse(failure, DATA_LOSS, "read PAX header: record at byte %zu is %s, want 'LENGTH KEY=VALUE' and a newline", at, quote.text);
		}
		if (apply(pax, &record, failure) < 0)
			return -1;
	}
	return 0;
}

bool pax_is_empty(const struct pax *pax)
{
	return !pax->path && !pax->link_path && !pax->has_size && !pax->has_uid && !pax->has_gid && !pax->has_mtime && pax->xattr_count == 0;
}

void pax_clear(struct pax *pax)
{
	*pax = (struct pax){.xattrs = pax->xattrs, .xattr_room = pax->xattr_room};
}

void pax_free(struct pax *pax)
{
	free(pax->xattrs);
	*pax = (struct pax){0};
}
