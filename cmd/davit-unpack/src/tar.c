#include "tar.h"
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "text.h"

/* Metadata headers count too: a layer of nothing else must end. */
enum { HEADERS_PER_ENTRY = 4 };

static int on_header(struct tar_reader *reader, const unsigned char *block, struct failure *failure);

const char *entry_type_name(enum entry_type type)
{
	static const char *const names[] = {"file", "link", "symlink", "char", "block", "directory", "fifo"};
	return names[type];
}

void tar_begin(struct tar_reader *reader, struct tar_sink sink, int64_t max_entries)
{
	*reader = (struct tar_reader){.sink = sink, .max_entries = max_entries, .state = TAR_HEADER, .missing = BLOCK_BYTES};
}

void tar_free(struct tar_reader *reader)
{
	free(reader->metadata_bytes);
	free(reader->pax_bytes);
	free(reader->long_name);
	free(reader->long_link);
	free(reader->path);
	free(reader->link_path);
	pax_free(&reader->pax);
	*reader = (struct tar_reader){0};
}

static void expect(struct tar_reader *reader, enum tar_state state, int64_t bytes)
{
	reader->state = state;
	reader->missing = bytes;
}

static void expect_body(struct tar_reader *reader, enum tar_state state, int64_t size)
{
	reader->padding = (BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES;
	expect(reader, state, size);
}

static void skip_padding(struct tar_reader *reader)
{
	if (reader->padding == 0)
		expect(reader, TAR_HEADER, BLOCK_BYTES);
	else
		expect(reader, TAR_PADDING, reader->padding);
}

/* GNU's long names end with a NUL. */
static int keep_long_text(struct tar_reader *reader, char **text, struct failure *failure)
{
	free(*text);
	*text = reader->metadata_bytes; /* with a NUL behind it in any case */
	reader->metadata_bytes = NULL;
	return **text == '\0' ? refuse(failure, DATA_LOSS, "read tar: an empty GNU long name") : 0;
}

static int on_metadata(struct tar_reader *reader, struct failure *failure)
{
	switch (reader->metadata) {
	case METADATA_PAX:
		free(reader->pax_bytes);
		reader->pax_bytes = reader->metadata_bytes;
		reader->metadata_bytes = NULL;
		return parse_pax(&reader->pax, reader->pax_bytes, reader->metadata_length, failure);
	case METADATA_LONG_NAME:
		return keep_long_text(reader, &reader->long_name, failure);
	case METADATA_LONG_LINK:
		return keep_long_text(reader, &reader->long_link, failure);
	case METADATA_GLOBAL: /* git writes a comment there; nothing in it is meant for a file system */
		break;
	}
	return 0;
}

/* What was awaited is complete. */
static int step(struct tar_reader *reader, const unsigned char *block, struct failure *failure)
{
	switch (reader->state) {
	case TAR_HEADER:
		return on_header(reader, block, failure);
	case TAR_METADATA:
		if (on_metadata(reader, failure) < 0)
			return -1;
		skip_padding(reader);
		break;
	case TAR_DATA:
		if (reader->sink.end(reader->sink.context, failure) < 0)
			return -1;
		skip_padding(reader);
		break;
	case TAR_PADDING:
		expect(reader, TAR_HEADER, BLOCK_BYTES);
		break;
	case TAR_DONE:
		break;
	}
	return 0;
}

static int begin_metadata(struct tar_reader *reader, enum metadata metadata, int64_t size, struct failure *failure)
{
	static const char *const names[] = {"pax", "paxGlobal", "longName", "longLink"};
	if (size < 0 || size > MAX_METADATA_BYTES)
		return refuse(failure, RESOURCE_EXHAUSTED, "read tar: a %s header of %" PRId64 " bytes, at most %d are allowed", names[metadata], size, MAX_METADATA_BYTES);
	free(reader->metadata_bytes);
	reader->metadata = metadata;
	reader->metadata_length = (size_t)size;
	reader->metadata_bytes = calloc(1, reader->metadata_length + 1);
	if (!reader->metadata_bytes)
		return fail(failure, ENOMEM, "read tar");
	expect_body(reader, TAR_METADATA, size);
	return size == 0 ? step(reader, NULL, failure) : 0;
}

/* A text of PAX as a string, in a place that stays until the next entry. */
static int terminated(char **place, const char *text, size_t length, const char **result, struct failure *failure)
{
	free(*place);
	*place = malloc(length + 1);
	if (!*place)
		return fail(failure, ENOMEM, "read tar");
	memcpy(*place, text, length);
	(*place)[length] = '\0';
	*result = *place;
	return 0;
}

static int type_of(const struct tar_header *header, const char *path, enum entry_type *type, struct failure *failure)
{
	static const enum entry_type types[] = {['0'] = ENTRY_FILE, ['1'] = ENTRY_LINK, ['2'] = ENTRY_SYMLINK, ['3'] = ENTRY_CHAR, ['4'] = ENTRY_BLOCK, ['5'] = ENTRY_DIRECTORY, ['6'] = ENTRY_FIFO, ['7'] = ENTRY_FILE};
	struct quote quote, type_quote;
	const size_t length = strlen(path);
	if (header->type == 'S')
		return refuse(failure, UNIMPLEMENTED, "read tar: sparse file %s: not supported in image layers", quote_text(&quote, path));
	if (header->type < '0' || header->type > '7')
		return refuse(failure, DATA_LOSS, "read tar: %s has the unknown type %s", quote_text(&quote, path), quote_bytes(&type_quote, &header->type, 1));
	*type = header->type == '0' && length > 0 && path[length - 1] == '/' ? ENTRY_DIRECTORY : types[(unsigned char)header->type];
	return 0;
}

static int to_entry(struct tar_reader *reader, struct tar_entry *entry, struct failure *failure)
{
	const struct tar_header *header = &reader->header;
	const struct pax *pax = &reader->pax;
	struct quote quote;
	*entry = (struct tar_entry){
		.path = reader->long_name ? reader->long_name : header->name, .link_path = reader->long_link ? reader->long_link : header->link_name,
		.mode = (mode_t)(header->mode & 07777), .uid = pax->has_uid ? pax->uid : header->uid, .gid = pax->has_gid ? pax->gid : header->gid,
		.mtime = pax->has_mtime ? pax->mtime : (struct timespec){.tv_sec = header->mtime},
		.dev_major = header->dev_major, .dev_minor = header->dev_minor, .xattrs = pax->xattrs, .xattr_count = pax->xattr_count,
	};
	if (pax->path && terminated(&reader->path, pax->path, pax->path_length, &entry->path, failure) < 0)
		return -1;
	if (pax->link_path && terminated(&reader->link_path, pax->link_path, pax->link_path_length, &entry->link_path, failure) < 0)
		return -1;
	if (type_of(header, entry->path, &entry->type, failure) < 0)
		return -1;
	if (entry->type == ENTRY_FILE)
		entry->size = pax->has_size ? pax->size : header->size;
	if (entry->size < 0)
		return refuse(failure, DATA_LOSS, "read tar: %s has %" PRId64 " bytes", quote_text(&quote, entry->path), entry->size);
	return 0;
}

static int begin_entry(struct tar_reader *reader, struct failure *failure)
{
	struct tar_entry entry;
	if (++reader->entries > reader->max_entries)
		return refuse(failure, RESOURCE_EXHAUSTED, "read tar: more than %" PRId64 " entries", reader->max_entries);
	if (to_entry(reader, &entry, failure) < 0 || reader->sink.entry(reader->sink.context, &entry, failure) < 0)
		return -1;
	expect_body(reader, TAR_DATA, entry.size);
	return entry.size == 0 ? step(reader, NULL, failure) : 0;
}

/* What was said about one entry is not said about the next. */
static void forget_metadata(struct tar_reader *reader)
{
	pax_clear(&reader->pax);
	free(reader->long_name);
	free(reader->long_link);
	reader->long_name = reader->long_link = NULL;
}

static int on_header(struct tar_reader *reader, const unsigned char *block, struct failure *failure)
{
	const int found = parse_tar_header(block, &reader->header, failure);
	if (found < 0)
		return -1;
	if (found == 0) {
		if (++reader->zero_blocks == 2)
			reader->state = TAR_DONE;
		else
			expect(reader, TAR_HEADER, BLOCK_BYTES);
		return 0;
	}
	if (reader->zero_blocks > 0)
		return refuse(failure, DATA_LOSS, "read tar: a header follows a single block of zeros");
	if (++reader->headers > HEADERS_PER_ENTRY * reader->max_entries)
		return refuse(failure, RESOURCE_EXHAUSTED, "read tar: more than %" PRId64 " headers", HEADERS_PER_ENTRY * reader->max_entries);
	switch (reader->header.type) {
	case 'x':
		return begin_metadata(reader, METADATA_PAX, reader->header.size, failure);
	case 'g':
		return begin_metadata(reader, METADATA_GLOBAL, reader->header.size, failure);
	case 'L':
		return begin_metadata(reader, METADATA_LONG_NAME, reader->header.size, failure);
	case 'K':
		return begin_metadata(reader, METADATA_LONG_LINK, reader->header.size, failure);
	default:
		return begin_entry(reader, failure);
	}
}

/* Takes a part of what is awaited. Returns where a whole block lies, if it is one. */
static int take(struct tar_reader *reader, const unsigned char *bytes, size_t length, const unsigned char **block, struct failure *failure)
{
	const struct tar_sink *sink = &reader->sink;
	*block = bytes;
	switch (reader->state) {
	case TAR_DATA:
		return sink->data(sink->context, bytes, length, failure);
	case TAR_METADATA:
		memcpy(reader->metadata_bytes + reader->metadata_length - (size_t)reader->missing, bytes, length);
		break;
	case TAR_HEADER:
		if (length == BLOCK_BYTES)
			break; /* whole in this piece: no copy */
		memcpy(reader->block + BLOCK_BYTES - reader->missing, bytes, length);
		*block = reader->block;
		break;
	case TAR_PADDING: case TAR_DONE:
		break;
	}
	return sink->raw(sink->context, bytes, length, failure);
}

int tar_push(struct tar_reader *reader, const unsigned char *bytes, size_t length, struct failure *failure)
{
	while (length > 0 && reader->state != TAR_DONE) {
		const size_t part = (int64_t)length < reader->missing ? length : (size_t)reader->missing;
		const bool at_entry = reader->state == TAR_HEADER;
		const int64_t entries = reader->entries;
		const unsigned char *block;
		if (take(reader, bytes, part, &block, failure) < 0)
			return -1;
		reader->missing -= (int64_t)part;
		bytes += part;
		length -= part;
		if (reader->missing == 0 && step(reader, block, failure) < 0)
			return -1;
		if (at_entry && reader->entries != entries)
			forget_metadata(reader);
	}
	return length == 0 ? 0 : reader->sink.raw(reader->sink.context, bytes, length, failure);
}

int tar_finish(const struct tar_reader *reader, struct failure *failure)
{
	static const char *const states[] = {"header", "metadata", "data", "padding", "done"};
	const bool pending = !pax_is_empty(&reader->pax) || reader->long_name || reader->long_link;
	if (reader->state == TAR_DONE || (reader->state == TAR_HEADER && reader->missing == BLOCK_BYTES && !pending))
		return 0;
	return refuse(failure, DATA_LOSS, "read tar: the archive ends inside a %s after %" PRId64 " entries", states[reader->state], reader->entries);
}
