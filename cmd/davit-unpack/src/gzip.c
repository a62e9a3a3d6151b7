/* gzip by ISA-L, https://github.com/intel/isa-l: about twice as fast as zlib. */
#include "inflate.h"

void gzip_begin(struct gzip *gzip)
{
	gzip->in_member = gzip->is_padding = false;
	gzip->members = 0;
}

static const char *reason(int result)
{
	switch (result) {
	case ISAL_INVALID_BLOCK: return "an invalid block";
	case ISAL_INVALID_SYMBOL: return "an invalid symbol";
	case ISAL_INVALID_LOOKBACK: return "a reference to before its beginning";
	case ISAL_INCORRECT_CHECKSUM: return "a wrong checksum or length";
	default: return "an unknown error";
	}
}

/* Up to the end of the member or of the bytes. Returns how many are done with, or -1. */
static ssize_t feed_member(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure)
{
	struct gzip *gzip = &inflater->gzip;
	struct inflate_state *state = &gzip->state;
	const ssize_t header = gzip_header_feed(&gzip->header, bytes, length, failure);
	if (header < 0 || gzip->header.field != GZIP_DATA || (size_t)header == length)
		return header;
	state->next_in = (uint8_t *)bytes + header;
	state->avail_in = (uint32_t)(length - (size_t)header);
	do {
		size_t room;
		state->next_out = ring_room(inflater->out, &room);
		state->avail_out = (uint32_t)room;
		const int result = isal_inflate(state);
		if (result != ISAL_DECOMP_OK)
			return refuse(failure, DATA_LOSS, "inflate gzip: the data has %s", reason(result));
		ring_advance(inflater->out, room - state->avail_out, inflater->compressed_bytes);
		if (state->block_state == ISAL_BLOCK_FINISH) {
			gzip->in_member = false;
			gzip->members++;
			break;
		}
	} while (state->avail_in > 0 || state->avail_out == 0);
	return (ssize_t)(length - state->avail_in);
}

int gzip_feed(struct inflater *inflater, const unsigned char *bytes, size_t length, struct failure *failure)
{
	struct gzip *gzip = &inflater->gzip;
	while (length > 0 && !gzip->is_padding) {
		if (!gzip->in_member && gzip->members > 0 && *bytes == 0) {
			gzip->is_padding = true;
			break;
		}
		if (!gzip->in_member) {
			isal_inflate_init(&gzip->state);
			gzip->state.crc_flag = ISAL_GZIP_NO_HDR_VER; /* checksum and length are compared; the header is read here */
			gzip_header_begin(&gzip->header);
			gzip->in_member = true;
		}
		const ssize_t done = feed_member(inflater, bytes, length, failure);
		if (done < 0)
			return -1;
		bytes += done;
		length -= (size_t)done;
	}
	return 0;
}

int gzip_finish(const struct gzip *gzip, struct failure *failure)
{
	if (gzip->in_member)
		return refuse(failure, DATA_LOSS, "inflate gzip: the data ends too early");
	return gzip->members == 0 ? refuse(failure, DATA_LOSS, "inflate gzip: there is no data") : 0;
}
