#include "orders.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIELDS_MAX = 11 };

/* Each order by its first field. */
static const struct {
	const char *name;
	enum order_kind kind;
	unsigned fields;
} ORDERS[] = {{"begin", ORDER_BEGIN, FIELDS_MAX}, {"apart", ORDER_APART, 1}, {"end", ORDER_END, 2}};

int orders_read(struct orders *orders, struct failure *failure)
{
	const size_t room = sizeof orders->text - orders->used;
	if (room == 0)
		return refuse(failure, INTERNAL, "read order: longer than %d bytes", ORDER_BYTES);
	const ssize_t length = read(orders->descriptor, orders->text + orders->used, room);
	if (length < 0)
		return errno == EINTR ? 1 : fail(failure, errno, "read order");
	orders->used += (size_t)length;
	return length > 0;
}

static int number(const char *text, int64_t *value, struct failure *failure)
{
	char *end;
	errno = 0;
	const long long parsed = strtoll(text, &end, 10);
	if (errno != 0 || *text == '\0' || *end != '\0' || parsed < 0)
		return refuse(failure, INTERNAL, "read order: \"%s\" is no number", text);
	*value = parsed;
	return 0;
}

static int path(const char *text, char place[PATH_MAX], struct failure *failure)
{
	const size_t length = strlen(text);
	if (length == 0 || length >= PATH_MAX)
		return refuse(failure, INTERNAL, "read order: a path of %zu bytes", length);
	memcpy(place, text, length + 1);
	return 0;
}

static int begin(const char *const *fields, struct request *request, struct failure *failure)
{
	struct limits *limits = &request->limits;
	request->digest = digest_algorithm_of(fields[1]);
	request->diff_id = digest_algorithm_of(fields[2]);
	if (request->digest == DIGEST_NONE || request->diff_id == DIGEST_NONE)
		return refuse(failure, INTERNAL, "read order: digests by \"%s\" and \"%s\"", fields[1], fields[2]);
	if (number(fields[3], &limits->max_entries, failure) < 0 || number(fields[4], &limits->max_uncompressed_bytes, failure) < 0 || number(fields[5], &limits->max_ratio, failure) < 0
	    || number(fields[6], &limits->ratio_grace_bytes, failure) < 0 || number(fields[7], &limits->reserved_free_bytes, failure) < 0)
		return -1;
	return path(fields[8], request->directory, failure) < 0 || path(fields[9], request->implied_file, failure) < 0 || path(fields[10], request->record_file, failure) < 0 ? -1 : 0;
}

/* Cuts off up to `wanted` fields; returns how many there are, and where they end. */
static unsigned cut(const struct orders *orders, unsigned wanted, const char **fields, size_t *end)
{
	unsigned count = 0;
	*end = 0;
	while (count < wanted) {
		const char *field = orders->text + *end, *nul = memchr(field, '\0', orders->used - *end);
		if (!nul)
			break;
		fields[count++] = field;
		*end = (size_t)(nul - orders->text) + 1;
	}
	return count;
}

int orders_next(struct orders *orders, struct order *order, struct failure *failure)
{
	const char *fields[FIELDS_MAX];
	size_t end;
	order->kind = ORDER_NONE;
	if (cut(orders, 1, fields, &end) == 0)
		return 0;
	unsigned which = 0;
	while (which < sizeof ORDERS / sizeof *ORDERS && strcmp(fields[0], ORDERS[which].name) != 0)
		which++;
	if (which == sizeof ORDERS / sizeof *ORDERS)
		return refuse(failure, INTERNAL, "read order: \"%s\" is none", fields[0]);
	const enum order_kind kind = ORDERS[which].kind;
	if (cut(orders, ORDERS[which].fields, fields, &end) < ORDERS[which].fields)
		return 0;
	if ((kind == ORDER_BEGIN && begin(fields, &order->request, failure) < 0) || (kind == ORDER_END && number(fields[1], &order->bytes, failure) < 0))
		return -1;
	order->kind = kind;
	orders->used -= end;
	memmove(orders->text, orders->text + end, orders->used);
	return 0;
}
