/* Bytes of an archive as text for people, and text as JSON. */
#pragma once
#include <stddef.h>

/* The longest name that a message holds whole; of a longer one it holds the beginning. */
enum { QUOTED_BYTES = 512, QUOTE_BYTES = 6 * QUOTED_BYTES + 3 };
struct quote { char text[QUOTE_BYTES]; };

/* `length` bytes in quotes, escaped as JSON; what is not UTF-8 becomes U+FFFD. Returns quote->text. */
const char *quote_bytes(struct quote *quote, const char *bytes, size_t length);
const char *quote_text(struct quote *quote, const char *text);

/* Appends the escapes of JSON for `length` bytes of UTF-8 to `out`, which has room for 6 times as many; returns the new end. */
char *escape_json(char *out, const char *bytes, size_t length);
/* The same for bytes that stand for characters of latin1, which stay one byte each. */
char *escape_latin1(char *out, const char *bytes, size_t length);
