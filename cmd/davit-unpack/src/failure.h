/*
 * Why something cannot go on, in words and with the class of error that it is for the daemon (lib/errors).
 *
 * The one convention for errors: a function that can fail takes a `struct failure`, fills it by refuse() or fail(), and returns -1.
 */
#pragma once

enum failure_class { DATA_LOSS, FAILED_PRECONDITION, RESOURCE_EXHAUSTED, UNIMPLEMENTED, INTERNAL };
/* More than a quoted name takes, with every byte of it escaped. */
enum { FAILURE_BYTES = 8192 };

struct failure {
	enum failure_class class;
	char text[FAILURE_BYTES];
};

/* What is wrong with the layer, or with what it is to lie on. Returns -1. */
int refuse(struct failure *failure, enum failure_class class, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* What the system refused: "WORDS: strerror(number)"; a lack of room is RESOURCE_EXHAUSTED, everything else INTERNAL. Returns -1. */
int fail(struct failure *failure, int number, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The daemon's name of the class. */
const char *failure_code(const struct failure *failure);
