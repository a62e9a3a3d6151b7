/* What every kind of case needs: numbers from its seed, bytes that grow, and a way to say what does not hold. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `calm`: nothing that is refused for itself, so that a case gets far. */
struct random { uint64_t state; bool calm; };
uint32_t random_below(struct random *random, uint32_t limit);
/* True once in `n`. */
bool random_one_in(struct random *random, uint32_t n);
/* The same, never when calm. */
bool random_oddly(struct random *random, uint32_t n);
/* At 0, one around it, or around a power of two: where numbers go wrong. */
int64_t random_number(struct random *random);
/* A limit, one less, or one more; now and then something far below. */
size_t random_near(struct random *random, size_t limit);

struct bytes { unsigned char *at; size_t length, room; };
void bytes_add(struct bytes *bytes, const void *more, size_t length);
void bytes_fill(struct bytes *bytes, unsigned char value, size_t length);
void bytes_text(struct bytes *bytes, const char *text);
void bytes_free(struct bytes *bytes);
/* Flips, cuts, doubles and drops a few bytes or blocks. */
void bytes_mutate(struct random *random, struct bytes *bytes);
/* A heap block of exactly these bytes, so that a byte too far is seen. */
unsigned char *exactly(const unsigned char *bytes, size_t length);
/* Calls back with the bytes, in pieces of random sizes; each is a heap block of its own. Stops at a result that is not 0, and returns it. */
int in_pieces(struct random *random, const struct bytes *bytes, bool whole, int (*take)(void *context, const unsigned char *piece, size_t length), void *context);

/* Says which case it is, and ends the process, unless it holds. */
void require(bool holds, const char *what);

/* The kinds: each is one case from `random`. */
void fuzz_header(struct random *random);
void fuzz_pax(struct random *random);
void fuzz_tar(struct random *random);
void fuzz_text(struct random *random);
void fuzz_orders(struct random *random);
void fuzz_attributes(struct random *random);
void fuzz_inflate(struct random *random);
void fuzz_intake(struct random *random);
/* In the current directory, which is empty and may be mounted over. */
void fuzz_layer(struct random *random);
