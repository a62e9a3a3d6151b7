/* gzip and zstd: what was compressed comes out again, in whatever pieces it goes in, and what was damaged is refused or comes out the same way each time; the ring's digest is that of what came out, whichever side hashed it. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <isa-l/crc.h>
#include "case.h"
#include "../../src/inflate.h"

/* The largest go around the ring. */
enum { PARTS = 4, PART_BYTES = 3000, BIG_PART_BYTES = 600000, RING_PART_BYTES = 2 * SLOTS * SLOT_BYTES };

struct output {
	struct ring *ring;
	/* What comes out is not looked at for a while, again and again: so both sides hash. */
	bool is_hasty;
	uint64_t digest, length;
	struct digest hash;
	char hash_text[DIGEST_TEXT_BYTES];
};

static void note(struct output *output, const unsigned char *bytes, size_t length)
{
	output->length += length;
	for (size_t i = 0; i < length; i++)
		output->digest = (output->digest ^ bytes[i]) * 0x100000001b3u;
	digest_update(&output->hash, bytes, length);
}

/* The other side of the ring. */
static void *empty(void *context)
{
	struct output *output = context;
	unsigned taken = 0;
	for (struct slot *slot; (slot = ring_take(output->ring)) != NULL; ring_release(output->ring))
		if (!output->is_hasty || taken++ % SLOTS < SLOTS / 2)
			note(output, slot->bytes, slot->length);
	return NULL;
}

static void put_content(struct random *random, struct bytes *content)
{
	const uint32_t most = random_one_in(random, 100) ? RING_PART_BYTES : random_one_in(random, 20) ? BIG_PART_BYTES : PART_BYTES, goal = random_below(random, most);
	while (content->length < goal)
		if (random_one_in(random, 2))
			bytes_fill(content, (unsigned char)random_below(random, 256), 1 + random_below(random, 1 + goal / 4));
		else
			for (unsigned n = random_below(random, 60); n > 0; n--)
				bytes_fill(content, (unsigned char)random_below(random, 256), 1);
}

static void put_little(struct bytes *out, uint32_t value)
{
	const unsigned char bytes[] = {(unsigned char)value, (unsigned char)(value >> 8), (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
	bytes_add(out, bytes, sizeof bytes);
}

/* A member with the fields of its header that may be there: extra, name, comment, checksum. */
static void put_gzip_header(struct random *random, struct bytes *out)
{
	static const unsigned char FEXTRA = 4, FNAME = 8, FCOMMENT = 16, FHCRC = 2;
	const unsigned char flags = random_one_in(random, 3) ? (unsigned char)(random_below(random, 16) << 1) : 0;
	const unsigned char head[] = {0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3};
	const size_t begin = out->length;
	bytes_add(out, head, sizeof head);
	if (flags & FEXTRA) {
		const uint32_t length = random_below(random, 40);
		const unsigned char size[] = {(unsigned char)length, 0};
		bytes_add(out, size, sizeof size);
		bytes_fill(out, 'e', length);
	}
	for (int field = 0; field < 2; field++)
		if (flags & (field == 0 ? FNAME : FCOMMENT)) {
			bytes_fill(out, 'n', random_below(random, 30));
			bytes_fill(out, 0, 1);
		}
	if (flags & FHCRC) {
		const uint32_t sum = crc32_gzip_refl(0, out->at + begin, out->length - begin);
		const unsigned char low[] = {(unsigned char)sum, (unsigned char)(sum >> 8)};
		bytes_add(out, low, sizeof low);
	}
}

static void put_gzip(struct random *random, struct bytes *out, const struct bytes *content)
{
	struct isal_zstream *stream = calloc(1, sizeof *stream);
	const size_t room = content->length + content->length / 8 + 1000;
	unsigned char *place = malloc(room);
	require(stream != NULL && place != NULL, "memory");
	put_gzip_header(random, out);
	isal_deflate_stateless_init(stream);
	stream->next_in = content->at;
	stream->avail_in = (uint32_t)content->length;
	stream->next_out = place;
	stream->avail_out = (uint32_t)room;
	stream->end_of_stream = 1;
	require(isal_deflate_stateless(stream) == COMP_OK, "deflate");
	bytes_add(out, place, stream->total_out);
	put_little(out, content->length == 0 ? 0 : crc32_gzip_refl(0, content->at, content->length));
	put_little(out, (uint32_t)content->length);
	free(place);
	free(stream);
}

static void put_zstd(struct random *random, struct bytes *out, const struct bytes *content)
{
	if (random_one_in(random, 3)) {
		const uint32_t length = random_below(random, 50);
		put_little(out, 0x184d2a50 + random_below(random, 16));
		put_little(out, length);
		bytes_fill(out, 's', length);
	}
	const size_t room = ZSTD_compressBound(content->length);
	unsigned char *place = malloc(room);
	ZSTD_CCtx *context = ZSTD_createCCtx();
	require(place != NULL && context != NULL, "memory");
	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, (int)random_below(random, 2));
	ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, (int)random_below(random, 2));
	const size_t length = ZSTD_compress2(context, place, room, content->at, content->length);
	require(!ZSTD_isError(length), "compress");
	bytes_add(out, place, length);
	ZSTD_freeCCtx(context);
	free(place);
}

struct feeding { struct inflater *inflater; struct failure failure; };

static int feed(void *context, const unsigned char *piece, size_t length)
{
	struct feeding *feeding = context;
	const int result = inflater_feed(feeding->inflater, piece, length, &feeding->failure);
	ring_hand_over(feeding->inflater->out);
	return result;
}

static void output_begin(struct output *output)
{
	output->digest = 1;
	output->length = 0;
	digest_begin(&output->hash, DIGEST_SHA256);
}

static int inflate(struct random *random, struct inflater *inflater, const struct bytes *bytes, bool whole, struct output *output)
{
	pthread_t other;
	struct feeding feeding = {.inflater = inflater};
	output_begin(output);
	ring_open(output->ring, DIGEST_SHA256);
	inflater_begin(inflater, output->ring);
	require(pthread_create(&other, NULL, empty, output) == 0, "a thread");
	const int result = in_pieces(random, bytes, whole, feed, &feeding) < 0 || inflater_finish(inflater, &feeding.failure) < 0 ? -1 : 0;
	ring_close(output->ring);
	pthread_join(other, NULL);
	digest_text(&output->ring->digest, output->hash_text);
	require(result < 0 || inflater->compressed_bytes == (int64_t)bytes->length, "all bytes are counted");
	return result;
}

/* Puts contents one after another, in one of the compressions. */
static void put_compressed(struct random *random, struct bytes *out, struct output *expected)
{
	const unsigned kind = random_below(random, 5);
	for (unsigned n = 1 + random_below(random, PARTS); n > 0; n--) {
		struct bytes content = {0};
		if (kind == 0 && out->length == 0)
			bytes_text(&content, "no magic");
		put_content(random, &content);
		if (kind == 0)
			bytes_add(out, content.at, content.length);
		else if (kind <= 2)
			put_gzip(random, out, &content);
		else
			put_zstd(random, out, &content);
		note(expected, content.at, content.length);
		bytes_free(&content);
	}
	if ((kind == 1 || kind == 2) && random_one_in(random, 4)) {
		bytes_fill(out, 0, 1);
		bytes_text(out, "padding");
	}
}

void fuzz_inflate(struct random *random)
{
	/* Used again and again, as for the layers of one process. */
	static struct ring ring = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
	static struct inflater inflater;
	struct bytes bytes = {0};
	struct output expected, one = {.ring = &ring}, many = {.ring = &ring}, hasty = {.ring = &ring, .is_hasty = true};
	output_begin(&expected);
	put_compressed(random, &bytes, &expected);
	require(inflate(random, &inflater, &bytes, random_one_in(random, 2), &one) == 0 && one.digest == expected.digest && one.length == expected.length, "what was compressed comes out again");
	digest_text(&expected.hash, expected.hash_text);
	require(strcmp(one.hash_text, expected.hash_text) == 0, "the digest is that of what came out");
	require(inflate(random, &inflater, &bytes, false, &hasty) == 0 && strcmp(hasty.hash_text, expected.hash_text) == 0, "the digest is the same whoever hashed");
	bytes_mutate(random, &bytes);
	const int first = inflate(random, &inflater, &bytes, true, &one), second = inflate(random, &inflater, &bytes, false, &many);
	require(first == second && (first < 0 || (one.digest == many.digest && one.length == many.length)), "damaged bytes are the same in whatever pieces they come");
	inflater_free(&inflater);
	inflater.zstd.stream = NULL;
	bytes_free(&bytes);
}
