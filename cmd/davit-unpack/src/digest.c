#include "digest.h"
#include <stdio.h>
#include <string.h>

enum digest_algorithm digest_algorithm_of(const char *name)
{
	return strcmp(name, "sha256") == 0 ? DIGEST_SHA256 : strcmp(name, "sha512") == 0 ? DIGEST_SHA512 : DIGEST_NONE;
}

void digest_begin(struct digest *digest, enum digest_algorithm algorithm)
{
	digest->algorithm = algorithm;
	if (algorithm == DIGEST_SHA256)
		SHA256_Init(&digest->state.sha256);
	else if (algorithm == DIGEST_SHA512)
		SHA512_Init(&digest->state.sha512);
}

void digest_update(struct digest *digest, const void *bytes, size_t length)
{
	if (digest->algorithm == DIGEST_SHA256)
		SHA256_Update(&digest->state.sha256, bytes, length);
	else if (digest->algorithm == DIGEST_SHA512)
		SHA512_Update(&digest->state.sha512, bytes, length);
}

void digest_text(struct digest *digest, char text[DIGEST_TEXT_BYTES])
{
	unsigned char value[SHA512_DIGEST_LENGTH];
	size_t size = 0;
	text[0] = '\0';
	if (digest->algorithm == DIGEST_SHA256) {
		SHA256_Final(value, &digest->state.sha256);
		size = SHA256_DIGEST_LENGTH;
	} else if (digest->algorithm == DIGEST_SHA512) {
		SHA512_Final(value, &digest->state.sha512);
		size = SHA512_DIGEST_LENGTH;
	}
	if (size == 0)
		return;
	memcpy(text, size == SHA256_DIGEST_LENGTH ? "sha256:" : "sha512:", 8);
	for (size_t i = 0; i < size; i++)
		snprintf(text + 7 + 2 * i, 3, "%02x", value[i]);
}
