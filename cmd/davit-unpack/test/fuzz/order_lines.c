/* Orders of the daemon, through a pipe in pieces of any size: each is read as it was written, and any bytes at all are read or refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "case.h"
#include "../../src/orders.h"

enum { ORDERS = 4 };

static void put_field(struct bytes *orders, const char *text)
{
	bytes_add(orders, text, strlen(text) + 1);
}

static void put_number_field(struct bytes *orders, int64_t value)
{
	char text[32];
	snprintf(text, sizeof text, "%lld", (long long)value);
	put_field(orders, text);
}

static void put_path(struct random *random, struct bytes *orders)
{
	char path[PATH_MAX + 2];
	const size_t length = random_one_in(random, 6) ? PATH_MAX - 2 + random_below(random, 3) : 1 + random_below(random, 40);
	memset(path, 'p', length);
	path[length] = '\0';
	put_field(orders, path);
}

static void put_order(struct random *random, struct bytes *orders)
{
	if (random_one_in(random, 4)) {
		put_field(orders, "apart");
		return;
	}
	if (random_one_in(random, 2)) {
		put_field(orders, "end");
		put_number_field(orders, random_number(random));
		return;
	}
	put_field(orders, "begin");
	put_field(orders, random_one_in(random, 2) ? "sha256" : "sha512");
	put_field(orders, random_one_in(random, 8) ? "md5" : "sha256");
	for (int i = 0; i < 5; i++)
		put_number_field(orders, random_below(random, 100000) + (random_one_in(random, 8) ? random_number(random) : 0));
	for (int i = 0; i < 3; i++)
		put_path(random, orders);
}

struct reading { struct orders orders; struct order order; unsigned count; int pipe[2]; };

static int take(void *context, const unsigned char *piece, size_t length)
{
	struct reading *reading = context;
	struct failure failure;
	require(write(reading->pipe[1], piece, length) == (ssize_t)length, "a pipe takes an order");
	for (size_t left = length; left > 0;) {
		const size_t before = reading->orders.used;
		if (orders_read(&reading->orders, &failure) < 0)
			return -1;
		left -= reading->orders.used - before;
		do {
			if (orders_next(&reading->orders, &reading->order, &failure) < 0)
				return -1;
			reading->count += reading->order.kind != ORDER_NONE;
			require(reading->order.kind != ORDER_BEGIN || strnlen(reading->order.request.record_file, PATH_MAX) < PATH_MAX, "a path ends");
		} while (reading->order.kind != ORDER_NONE);
	}
	return 0;
}

static int read_orders(struct random *random, const struct bytes *orders, bool whole, unsigned *count)
{
	struct reading *reading = calloc(1, sizeof *reading);
	require(reading != NULL && pipe(reading->pipe) == 0, "a pipe");
	reading->orders.descriptor = reading->pipe[0];
	const int result = in_pieces(random, orders, whole, take, reading);
	*count = reading->count;
	close(reading->pipe[0]);
	close(reading->pipe[1]);
	free(reading);
	return result;
}

void fuzz_orders(struct random *random)
{
	struct bytes orders = {0};
	unsigned in_one, in_many;
	for (unsigned n = 1 + random_below(random, ORDERS); n > 0; n--)
		put_order(random, &orders);
	if (random_one_in(random, 2))
		bytes_mutate(random, &orders);
	const int one = read_orders(random, &orders, true, &in_one), many = read_orders(random, &orders, false, &in_many);
	require(one == many && in_one == in_many, "orders are the same in whatever pieces they come");
	bytes_free(&orders);
}
