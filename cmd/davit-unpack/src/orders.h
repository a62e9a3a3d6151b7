/* What the daemon asks for, on a descriptor of its own; see lib/storage/extractor/messages.ts. Each order is a few fields, a NUL behind each. */
#pragma once
#include <limits.h>
#include "digest.h"
#include "failure.h"
#include "limits.h"

/* A layer begins. */
struct request {
	enum digest_algorithm digest, diff_id;
	struct limits limits;
	/* An existing, empty directory; two files that are made. */
	char directory[PATH_MAX], implied_file[PATH_MAX], record_file[PATH_MAX];
};

enum order_kind { ORDER_NONE, ORDER_BEGIN, ORDER_APART, ORDER_END };

struct order {
	enum order_kind kind;
	struct request request;
	/* So many bytes of the layer were all. */
	int64_t bytes;
};

enum { ORDER_BYTES = 64 * 1024 };
struct orders {
	int descriptor;
	size_t used;
	char text[ORDER_BYTES];
};

/* Reads what is there. Returns 1, 0 at the end, -1. */
int orders_read(struct orders *orders, struct failure *failure);
/* Takes the next order of what was read: ORDER_NONE when it is not all there. */
int orders_next(struct orders *orders, struct order *order, struct failure *failure);
