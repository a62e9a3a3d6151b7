#include "text.h"
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* How many bytes the character of UTF-8 at `bytes` has; 0 when it is none. */
static size_t character_bytes(const unsigned char *bytes, size_t length)
{
	const unsigned char first = bytes[0];
	const size_t size = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
	if (size == 0 || size > length)
		return 0;
	for (size_t i = 1; i < size; i++)
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	const bool overlong = (first == 0xe0 && bytes[1] < 0xa0) || (first == 0xf0 && bytes[1] < 0x90);
	const bool beyond = (first == 0xed && bytes[1] >= 0xa0) || (first == 0xf4 && bytes[1] >= 0x90);
	return overlong || beyond ? 0 : size;
}

static char *escape_byte(char *out, unsigned char byte)
{
	static const char digits[] = "0123456789abcdef";
	if (byte == '"' || byte == '\\') {
		*out++ = '\\';
		*out++ = (char)byte;
	} else if (byte < 0x20) {
		memcpy(out, "\\u00", 4);
		out[4] = digits[byte >> 4];
		out[5] = digits[byte & 0xf];
		out += 6;
	} else {
		*out++ = (char)byte;
	}
	return out;
}

char *escape_latin1(char *out, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		out = escape_byte(out, (unsigned char)bytes[i]);
	return out;
}

char *escape_json(char *out, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length;) {
		const size_t size = character_bytes((const unsigned char *)bytes + i, length - i);
		if (size == 1) {
			out = escape_byte(out, (unsigned char)bytes[i]);
		} else if (size == 0) {
			memcpy(out, "\xef\xbf\xbd", 3);
			out += 3;
		} else {
			memcpy(out, bytes + i, size);
			out += size;
		}
		i += size == 0 ? 1 : size;
	}
	return out;
}

const char *quote_bytes(struct quote *quote, const char *bytes, size_t length)
{
	char *end = quote->text;
	*end++ = '"';
	end = escape_json(end, bytes, length < QUOTED_BYTES ? length : QUOTED_BYTES);
	*end++ = '"';
	*end = '\0';
	return quote->text;
}

const char *quote_text(struct quote *quote, const char *text)
{
	return quote_bytes(quote, text, strlen(text));
}
