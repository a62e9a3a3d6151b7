/*
 * davit-unpack PARENT: unpacks one layer after another, fed by the daemon PARENT. The layer's bytes come on stdin, orders on descriptor 3, and what is
 * said goes to stdout. It ends when its orders do, or after a layer that failed, and dies with the daemon: nobody writes to staging that the next one sweeps.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "extraction.h"

enum { CONTROL_FD = 3 };

struct layer_input {
	int64_t received, total;
	/* The total is known. */
	bool ended, stdin_is_over;
};

/* The kernel kills us when the parent dies, whatever we are doing; one that died before is noticed too. */
static bool die_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent;
}

/* Returns 1, 0 when there is no order any more, -1. */
static int wait_order(struct orders *orders, struct order *order, struct failure *failure)
{
	for (;;) {
		if (orders_next(orders, order, failure) < 0)
			return -1;
		if (order->kind != ORDER_NONE)
			return 1;
		const int more = orders_read(orders, failure);
		if (more != 1)
			return more;
	}
}

/* What was read may hold the end of the layer. */
static int follow_orders(struct extraction *extraction, struct orders *orders, struct layer_input *input, struct failure *failure)
{
	static struct order order;
	while (!input->ended) {
		if (orders_next(orders, &order, failure) < 0)
			return -1;
		switch (order.kind) {
		case ORDER_NONE:
			return 0;
		case ORDER_BEGIN:
			return refuse(failure, INTERNAL, "read order: another layer before the end of this one");
		case ORDER_APART:
			extraction_hash_apart(extraction);
			break;
		case ORDER_END:
			input->ended = true;
			input->total = order.bytes;
		}
	}
	return 0;
}

static int on_control(struct extraction *extraction, struct orders *orders, struct layer_input *input, struct failure *failure)
{
	const int more = orders_read(orders, failure);
	if (more == 0)
		return refuse(failure, INTERNAL, "read order: none where the end of a layer was to be said");
	return more < 0 ? -1 : follow_orders(extraction, orders, input, failure);
}

static int on_bytes(struct extraction *extraction, struct layer_input *input, struct failure *failure)
{
	size_t room;
	unsigned char *bytes = extraction_room(extraction, &room);
	const ssize_t length = read(STDIN_FILENO, bytes, room);
	if (length < 0)
		return errno == EINTR || errno == EAGAIN ? 0 : fail(failure, errno, "read layer");
	input->stdin_is_over = length == 0;
	input->received += length;
	extraction_received(extraction, bytes, (size_t)length);
	return 0;
}

/* Takes the bytes of one layer. */
static int take_layer(struct extraction *extraction, struct orders *orders, struct failure *failure)
{
	struct layer_input input = {0};
	if (follow_orders(extraction, orders, &input, failure) < 0)
		return -1;
	while (!input.ended || input.received < input.total) {
		struct pollfd wait[2] = {{.fd = input.stdin_is_over ? -1 : STDIN_FILENO, .events = POLLIN}, {.fd = input.ended ? -1 : orders->descriptor, .events = POLLIN}};
		if (input.stdin_is_over && input.ended)
			return refuse(failure, INTERNAL, "read layer: %lld bytes are missing", (long long)(input.total - input.received));
		if (poll(wait, 2, -1) < 0 && errno != EINTR)
			return fail(failure, errno, "wait for bytes");
		if (wait[0].revents && on_bytes(extraction, &input, failure) < 0)
			return -1;
		if (wait[1].revents && on_control(extraction, orders, &input, failure) < 0)
			return -1;
	}
	return 0;
}

static int serve(struct failure *failure)
{
	static struct orders orders = {.descriptor = CONTROL_FD};
	static struct order order;
	struct extraction *extraction = extraction_new();
	struct result result;
	int more = extraction ? 0 : fail(failure, ENOMEM, "start");
	while (extraction && (more = wait_order(&orders, &order, failure)) == 1) {
		if (order.kind != ORDER_BEGIN) {
			more = refuse(failure, INTERNAL, "read order: one about a layer before any has begun");
			break;
		}
		extraction_begin(extraction, &order.request);
		if (take_layer(extraction, &orders, failure) < 0)
			return -1; /* the other thread is at work: nothing is freed under it */
		extraction_finish(extraction, &result);
		report_done(&result);
	}
	extraction_free(extraction);
	return more;
}

int main(int count, char **arguments)
{
	static struct failure failure;
	if (count != 2 || !die_with((pid_t)atoi(arguments[1]))) {
		fprintf(stderr, "usage: davit-unpack PARENT, with layers on stdin and orders on descriptor %d\n", CONTROL_FD);
		return 2;
	}
	umask(0);
	if (serve(&failure) < 0)
		report_failure(&failure);
	return 0;
}
