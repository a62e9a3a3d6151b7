#include "generator.h"
#include <stdio.h>
#include <string.h>
#include "../../src/limits.h"
#include "../../src/tar_header.h"

static const char *const names[] = {"a", "b", "c", "d"};
enum { NAMES = sizeof names / sizeof *names };

static void put_name(struct random *random, struct bytes *path)
{
	if (random_oddly(random, 8))
		switch (random_below(random, 4)) {
		case 0: bytes_fill(path, 'n', random_near(random, MAX_NAME_BYTES)); return;
		case 1: bytes_text(path, random_one_in(random, 2) ? "." : ""); return;
		case 2: bytes_text(path, random_one_in(random, 4) ? ".." : ".wh."); return;
		default: bytes_text(path, "\xff\xc3\x28"); return;
		}
	bytes_text(path, names[random_below(random, NAMES)]);
}

static void put_last_name(struct random *random, struct bytes *path)
{
	if (random_one_in(random, 8))
		bytes_text(path, random_one_in(random, 3) ? ".wh..wh..opq" : ".wh.");
	if (random_one_in(random, 64))
		bytes_text(path, ".wh..wh.plnk");
	put_name(random, path);
}

/* As deep, or as long, as may be. */
static void put_far_path(struct random *random, struct bytes *path)
{
	const bool deep = random_one_in(random, 2);
	const size_t goal = deep ? random_near(random, MAX_PATH_DEPTH) : random_near(random, MAX_PATH_BYTES);
	const char *name = deep ? "d/" : "long-name/";
	for (size_t used = 0; used < goal; used += deep ? 1 : strlen(name))
		bytes_text(path, name);
	if (!deep && path->length > goal)
		path->length = goal;
	bytes_text(path, random_one_in(random, 2) ? "f" : "");
}

void put_random_path(struct random *random, struct bytes *path)
{
	if (random_oddly(random, 24)) {
		put_far_path(random, path);
		return;
	}
	if (random_one_in(random, 6))
		bytes_text(path, random_one_in(random, 2) ? "/" : "./");
	for (unsigned n = random_below(random, 4); n > 0; n--) {
		put_name(random, path);
		bytes_text(path, "/");
	}
	put_last_name(random, path);
}

void put_random_target(struct random *random, struct bytes *target)
{
	if (random_one_in(random, 6)) {
		/* Two or three of these after each other end at a limit, or just beyond it. */
		const size_t depth = random_one_in(random, 3) ? random_near(random, MAX_PATH_DEPTH - 1) : MAX_PATH_DEPTH / 2 - 2 + random_below(random, 4);
		for (size_t n = 0; n < depth; n++)
			bytes_text(target, "d/");
		return;
	}
	if (random_one_in(random, 3))
		bytes_text(target, random_one_in(random, 2) ? "/" : "..");
	for (unsigned n = random_below(random, 4); n > 0; n--) {
		bytes_text(target, random_one_in(random, 8) ? "/../" : "/");
		put_name(random, target);
	}
	if (target->length == 0 && !random_oddly(random, 8))
		bytes_text(target, "..");
}

static void put_attribute(struct random *random, struct bytes *records)
{
	static const char *const begins[] = {"user.", "trusted.", "trusted.overlay.", "user.overlay.", "security.", ""};
	struct bytes key = {0}, value = {0};
	bytes_text(&key, "SCHILY.xattr.");
	bytes_text(&key, random->calm ? "trusted.overlay." : begins[random_below(random, sizeof begins / sizeof *begins)]);
	bytes_fill(&key, 'x', random_oddly(random, 16) ? random_near(random, MAX_XATTR_NAME_BYTES - 8) : 1 + random_below(random, 2));
	bytes_fill(&value, 'v', random_oddly(random, 64) ? random_near(random, MAX_XATTR_BYTES) : random_below(random, 9));
	put_record(records, key.at, key.length, value.at, value.length);
	bytes_free(&key);
	bytes_free(&value);
}

static void put_pax(struct random *random, struct bytes *records, const struct bytes *path, const struct bytes *link_path)
{
	char number[64];
	if (path)
		put_record(records, "path", 4, path->at, path->length);
	if (link_path)
		put_record(records, "linkpath", 8, link_path->at, link_path->length);
	if (random_oddly(random, 8)) {
		snprintf(number, sizeof number, "%lld.%09u", (long long)random_number(random), random_below(random, 1000000000));
		put_text_record(records, random_one_in(random, 2) ? "mtime" : "uid", number);
	}
	for (unsigned n = random_one_in(random, 4) ? random_below(random, 4) : 0; n > 0; n--)
		put_attribute(random, records);
	if (random_oddly(random, 200))
		for (size_t n = 0, count = random_near(random, MAX_XATTRS); n < count; n++) {
			snprintf(number, sizeof number, "SCHILY.xattr.user.%zu", n);
			put_text_record(records, number, "");
		}
}

static void put_long(struct random *random, struct bytes *archive, char type, const struct bytes *text)
{
	struct bytes ended = {0};
	bytes_add(&ended, text->at, text->length);
	bytes_fill(&ended, 0, random_below(random, 3));
	put_metadata(random, archive, type, &ended);
	bytes_free(&ended);
}

static int64_t number(struct random *random, int64_t common)
{
	return random_oddly(random, 20) ? random_number(random) : common;
}

void put_entry(struct random *random, struct bytes *archive, char type, const struct bytes *path, const struct bytes *link_path)
{
	struct bytes records = {0};
	char name[NAME_FIELD_BYTES + 1] = "", link[NAME_FIELD_BYTES + 1] = "";
	const bool by_gnu = random_one_in(random, 3), path_fits = path->length <= NAME_FIELD_BYTES, link_fits = !link_path || link_path->length <= NAME_FIELD_BYTES;
	const size_t size = type == '0' || type == '7' ? (random_one_in(random, 16) ? random_below(random, 70000) : random_below(random, 1100)) : 0;
	memcpy(name, path->at, path_fits ? path->length : NAME_FIELD_BYTES);
	if (link_path && link_fits && link_path->length > 0)
		memcpy(link, link_path->at, link_path->length);
	if (by_gnu && !path_fits)
		put_long(random, archive, 'L', path);
	if (by_gnu && !link_fits)
		put_long(random, archive, 'K', link_path);
	put_pax(random, &records, by_gnu || path_fits ? NULL : path, by_gnu || link_fits ? NULL : link_path);
	if (records.length > 0)
		put_metadata(random, archive, 'x', &records);
	if (random_one_in(random, 30))
		put_metadata(random, archive, 'g', &records);
	put_header(random, archive, &(struct header_spec){
		.name = name, .link_name = link, .type = type, .mode = number(random, random_below(random, 010000)), .uid = number(random, random_below(random, 3)), .gid = number(random, 0),
		.size = number(random, (int64_t)size), .mtime = number(random, 1700000000), .dev_major = number(random, 1), .dev_minor = number(random, 3),
	});
	bytes_fill(archive, random_one_in(random, 3) ? 0 : 'x', size);
	put_padding(archive);
	bytes_free(&records);
}

void put_random_entry(struct random *random, struct bytes *archive)
{
	struct bytes path = {0}, target = {0};
	const char type = random_oddly(random, 10) ? "7xgLKSZ\x80"[random_below(random, 8)] : "0000112225555346"[random_below(random, 16)];
	put_random_path(random, &path);
	if (path.length == 0)
		bytes_text(&path, "a");
	if (type == '2')
		put_random_target(random, &target);
	else if (type == '1')
		put_random_path(random, &target);
	put_entry(random, archive, type, &path, target.length > 0 ? &target : NULL);
	bytes_free(&path);
	bytes_free(&target);
}

void sign_headers(struct bytes *archive)
{
	for (size_t at = 0; at + BLOCK_BYTES <= archive->length; at += BLOCK_BYTES)
		if (memcmp(archive->at + at + 257, "ustar", 5) == 0)
			sign_header(archive->at + at);
}
