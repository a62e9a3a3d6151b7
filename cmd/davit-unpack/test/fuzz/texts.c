/* Whatever is quoted is text that JSON takes, and the bytes of latin1 come through as they are. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "case.h"
#include "../../src/text.h"

/* Counts the characters that an escaped text stands for; nothing else than escapes and plain characters may be in it. */
static size_t unescaped(const char *text, const char *end)
{
	size_t count = 0;
	for (; text < end; count++) {
		require((unsigned char)*text >= 0x20 && *text != '"', "nothing in a JSON text ends it");
		if (*text != '\\')
			text++;
		else if (text[1] == 'u')
			text += 6;
		else {
			require(text[1] == '"' || text[1] == '\\', "an escape is one of JSON");
			text += 2;
		}
	}
	require(text == end, "no escape is cut");
	return count;
}

void fuzz_text(struct random *random)
{
	struct quote quote;
	const size_t length = random_one_in(random, 4) ? random_near(random, QUOTED_BYTES) : random_below(random, 40);
	static const unsigned char telling[] = "\x7f\x80\xbf\xc0\xc2\xdf\xe0\xa0\xed\x9f\xef\xf0\x90\xf4\x8f\xf5\"\\\n";
	unsigned char *bytes = malloc(length + 1);
	for (size_t i = 0; i < length; i++)
		bytes[i] = random_one_in(random, 2) ? (unsigned char)random_below(random, 256) : telling[random_below(random, sizeof telling - 1)];
	unsigned char *exact = exactly(bytes, length);
	const char *text = quote_bytes(&quote, (const char *)exact, length);
	const size_t size = strlen(text);
	require(size >= 2 && size < sizeof quote.text && text[0] == '"' && text[size - 1] == '"', "a quote begins and ends");
	unescaped(text + 1, text + size - 1);
	require(setlocale(LC_CTYPE, "C.UTF-8") != NULL && mbstowcs(NULL, text, 0) != (size_t)-1, "a quote is UTF-8");
	char *escaped = malloc(6 * length + 1);
	require(unescaped(escaped, escape_latin1(escaped, (const char *)exact, length)) == length, "each byte of latin1 is one character");
	free(escaped);
	free(exact);
	free(bytes);
}
