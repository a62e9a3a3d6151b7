/* Digests of OCI descriptors: https://github.com/opencontainers/image-spec/blob/main/descriptor.md#registered-algorithms */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <openssl/sha.h>

enum digest_algorithm { DIGEST_NONE, DIGEST_SHA256, DIGEST_SHA512 };
/* "sha512:", the digits, and a NUL. */
enum { DIGEST_TEXT_BYTES = 7 + 2 * SHA512_DIGEST_LENGTH + 1 };

struct digest {
	enum digest_algorithm algorithm;
	union { SHA256_CTX sha256; SHA512_CTX sha512; } state;
};

/* "sha256" or "sha512"; DIGEST_NONE for another name. */
enum digest_algorithm digest_algorithm_of(const char *name);
/* DIGEST_NONE takes no bytes and has the text "". */
void digest_begin(struct digest *digest, enum digest_algorithm algorithm);
void digest_update(struct digest *digest, const void *bytes, size_t length);
/* "<algorithm>:<hex>". */
void digest_text(struct digest *digest, char text[DIGEST_TEXT_BYTES]);
