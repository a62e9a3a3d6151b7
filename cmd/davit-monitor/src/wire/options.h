/* The command line of `davit-monitor run` and `pin`: `--name value` pairs only, written by lib/conmon and nobody else. */
#pragma once
#include "system/io.h"

/* Of an option that may be given more than once. `items` has room for `max`. */
struct option_list {
	char **items;
	unsigned count, max;
};
#define OPTION_ITEMS(array) {.items = (array), .max = sizeof(array) / sizeof *(array)}

enum option_kind { OPTION_TEXT, OPTION_NUMBER, OPTION_FLAG, OPTION_LIST };

struct option {
	const char *name;          /* without the dashes; NULL ends the table */
	enum option_kind kind;
	void *value;               /* const char *, int64_t, bool or struct option_list */
};

int parse_options(char **arguments, const struct option *table, struct error *error);
