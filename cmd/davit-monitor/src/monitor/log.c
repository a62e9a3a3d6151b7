#include "log.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LOG_MODE = 0640 };

int log_open_file(const char *path)
{
	/* O_NONBLOCK: a FIFO without a reader must not hold the container; it means nothing for a file. */
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, LOG_MODE);
	return fd < 0 ? -errno : fd;
}

void log_go_on(struct log *log, int fd)
{
	struct stat st;
	close_fd(&log->fd);
	log->fd = fd;
	log->size = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
}

int log_open(struct log *log, const struct log_options *options, char *out)
{
	*log = (struct log){.options = *options, .fd = -1, .out = out, .stamp_second = -1};
	return log_reopen(log);
}

int log_reopen(struct log *log)
{
	if (log->options.path[0] == '\0')
		return 0;
	int fd = log_open_file(log->options.path);
	if (fd < 0)
		return fd;
	log_go_on(log, fd);
	log_retry(log, false);
	return 0;
}

void log_close(struct log *log)
{
	close_fd(&log->fd);
}

static char *put_digits(char *at, unsigned count, uint64_t value)
{
	for (unsigned i = count; i > 0; i--, value /= 10)
		at[i - 1] = (char)('0' + value % 10);
	return at + count;
}

/* "YYYY-MM-DDTHH:MM:SS." of a time after 1970; days to date by H. Hinnant's algorithm for the proleptic Gregorian calendar. */
static void set_second(struct log *log, int64_t second)
{
	int64_t days = second / 86400, clock = second % 86400;
	int64_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2);
	char *at = put_digits(log->stamp, 4, (uint64_t)year);
	*at++ = '-';
	at = put_digits(at, 2, (uint64_t)month);
	*at++ = '-';
	at = put_digits(at, 2, (uint64_t)day);
	*at++ = 'T';
	at = put_digits(at, 2, (uint64_t)(clock / 3600));
	*at++ = ':';
	at = put_digits(at, 2, (uint64_t)(clock / 60 % 60));
	*at++ = ':';
	at = put_digits(at, 2, (uint64_t)(clock % 60));
	*at++ = '.';
	*at = '\0';
	log->stamp_second = second;
	log->window_lines = log->window_bytes = 0;
}

/* The part of a record before its content, for one time and stream; the caller puts P or F at the last byte but one. */
static size_t make_header(struct log *log, char *header, const char *stream)
{
	int64_t ns = wall_ns();
	if (ns / 1000000000 != log->stamp_second)
		set_second(log, ns / 1000000000);
	size_t date = strlen(log->stamp), name = strlen(stream);
	memcpy(header, log->stamp, date);
	char *at = put_digits(header + date, 9, (uint64_t)(ns % 1000000000));
	*at++ = 'Z';
	*at++ = ' ';
	memcpy(at, stream, name);
	at += name;
	memcpy(at, " F ", 3);
	return (size_t)(at + 3 - header);
}

/* A bit for each newline among LOG_SLACK bytes. */
static inline uint64_t find_newlines(const char *at)
{
	typedef char block __attribute__((vector_size(16), aligned(1), may_alias));
	uint64_t found = 0;
#pragma GCC unroll 4
	for (unsigned i = 0; i < LOG_SLACK; i += sizeof(block)) {
		const block equal = (block)(*(const block *)(at + i) == '\n');
#ifdef __SSE2__
		found |= (uint64_t)(unsigned)__builtin_ia32_pmovmskb128(equal) << i;
#else
		for (unsigned j = 0; j < sizeof(block); j++)
			found |= (uint64_t)(equal[j] & 1) << (i + j);
#endif
	}
	return found;
}

/*
 * Copies up to the first newline and tells where that is; NULL when there is none. Looks and copies in one go, LOG_SLACK bytes at a time,
 * up to so many behind the end: libc's own memchr() and memcpy() cost several times as much for lines as short as most are.
 */
static inline const char *copy_line(char *to, const char *from, const char *end)
{
	for (; from < end; from += LOG_SLACK, to += LOG_SLACK) {
		uint64_t newlines = find_newlines(from);
		memcpy(to, from, LOG_SLACK);
		if (newlines == 0)
			continue;
		from += __builtin_ctzll(newlines);
		return from < end ? from : NULL;
	}
	return NULL;
}

static uint64_t count_lines(const char *data, size_t size)
{
	uint64_t lines = 0;
	for (const char *end = data + size; (data = memchr(data, '\n', (size_t)(end - data))) != NULL; data++)
		lines++;
	return lines;
}

/* Appends whole records; returns how many bytes of them are in the file. A record that a full disk cut is taken out again. */
static size_t append(struct log *log, const char *data, size_t size)
{
	size_t done = 0;
	while (done < size) {
		ssize_t n = write(log->fd, data + done, size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			log->write_error = strerror(n < 0 ? errno : ENOSPC);
			break;
		}
		done += (size_t)n;
	}
	size_t whole = done;
	while (whole > 0 && data[whole - 1] != '\n')
		whole--;
	struct stat st;
	if (whole < done && fstat(log->fd, &st) == 0 && S_ISREG(st.st_mode))
		(void)!ftruncate(log->fd, st.st_size - (off_t)(done - whole));
	log->size += whole;
	return whole;
}

/* The same, in as many files as the size limit asks for. A record that is bigger than a file is one. */
static size_t append_limited(struct log *log, const char *data, size_t size)
{
	uint64_t limit = (uint64_t)log->options.size_max;
	size_t done = 0;
	for (uint64_t room; limit != 0 && size - done > (room = log->size < limit ? limit - log->size : 0);) {
		size_t part = (size_t)room;
		while (part > 0 && data[done + part - 1] != '\n')
			part--;
		if (part == 0 && log->size == 0)
			part = (size_t)((const char *)memchr(data + done, '\n', size - done) - (data + done)) + 1;
		size_t written = append(log, data + done, part);
		done += written;
		if (written < part)
			return done;
		/* Without a new file the old one grows: better too long than lost. */
		if (done == size || log_rotate(log) < 0)
			break;
	}
	return done + append(log, data + done, size - done);
}

static bool write_marker(struct log *log)
{
	char line[256];
	size_t length = make_header(log, line, "stderr");
	length += (size_t)snprintf(line + length, sizeof line - length, "[davit: %llu log lines, %llu bytes lost: %s]\n",
	                           (unsigned long long)log->lost_lines, (unsigned long long)log->lost_bytes, log->lost_why);
	if (append_limited(log, line, length) != length)
		return false;
	log->lost_lines = log->lost_bytes = 0;
	return true;
}

void log_lose(struct log *log, uint64_t lines, uint64_t bytes, const char *why)
{
	log->lost_lines += lines;
	log->total_lost_lines += lines;
	log->lost_bytes += bytes;
	log->total_lost_bytes += bytes;
	log->lost_why = why;
}

/* `may_wait`: what does not fit stays in `out`, and the log is stalled. */
static void flush(struct log *log, bool may_wait)
{
	size_t size = log->out_have, written = 0;
	log->stalled = false;
	if (size == 0)
		return;
	if (log->lost_lines == 0 || write_marker(log))
		written = append_limited(log, log->out, size);
	uint64_t lines = written == size ? log->out_lines : count_lines(log->out, written);
	log->lines += lines;
	log->bytes += written;
	log->out_lines -= lines;
	log->out_have = size - written;
	if (written == size)
		return;
	if (may_wait && log->options.block_when_full) {
		memmove(log->out, log->out + written, log->out_have);
		log->stalled = true;
		return;
	}
	log_lose(log, log->out_lines, log->out_have, log->write_error);
	log->out_lines = log->out_have = 0;
}

void log_retry(struct log *log, bool give_up)
{
	if (log->stalled)
		flush(log, !give_up);
}

/* Whether this second's share still has room for a line. */
static bool within_rates(struct log *log, size_t size)
{
	const struct log_options *options = &log->options;
	bool room = (options->lines_per_second == 0 || log->window_lines < (uint64_t)options->lines_per_second)
	            && (options->bytes_per_second == 0 || log->window_bytes + size <= (uint64_t)options->bytes_per_second);
	if (room) {
		log->window_lines++;
		log->window_bytes += size;
		return true;
	}
	log->limited_lines++;
	log->limited_bytes += size;
	log_lose(log, 1, size, "more than the log's rate");
	return false;
}

/* Where the content belongs. All of the header's room is copied: a size that is known is a matter of a few instructions. */
static inline char *put_header(struct log *log, const char *header, size_t header_size)
{
	char *at = log->out + log->out_have;
	memcpy(at, header, LOG_HEADER_MAX);
	return at + header_size;
}

/* The record whose content is in its place in `out` already, behind room for the header. */
static inline void put_record(struct log *log, size_t header_size, char tag, size_t size)
{
	char *at = log->out + log->out_have;
	if (!within_rates(log, size))
		return;
	at[header_size - 2] = tag;
	at[header_size + size] = '\n';
	log->out_have += header_size + size + 1;
	log->out_lines++;
	if (log->out_have >= LOG_BATCH)
		flush(log, true);
}

void log_take(struct log *log, struct stream *stream, size_t fresh, int64_t at_ms)
{
	char header[LOG_HEADER_MAX] = {0};
	size_t have = stream->have + fresh, searched = stream->searched, line_max = (size_t)log->options.line_max;
	if (log->fd < 0) {
		stream->have = stream->searched = 0;
		return;
	}
	size_t header_size = make_header(log, header, stream->name);
	const char *at = stream->buffer, *end = at + have;
	while (at < end && !log->stalled) {
		char *content = put_header(log, header, header_size);
		size_t left = (size_t)(end - at);
		const char *newline = copy_line(content + searched, at + searched, left > line_max ? at + line_max + 1 : end);
		if (newline == NULL && left <= line_max) {
			searched = left;
			break;
		}
		size_t size = newline != NULL ? (size_t)(newline - at) : line_max;
		if (searched > 0)
			memcpy(content, at, searched);
		put_record(log, header_size, newline != NULL ? 'F' : 'P', size);
		at += size + (newline != NULL);
		searched = 0;
	}
	if (!log->stalled)
		flush(log, true);
	bool same_tail = at == stream->buffer && stream->have > 0;
	stream->have = (size_t)(end - at);
	stream->searched = searched;
	memmove(stream->buffer, at, stream->have);
	if (stream->have > 0 && !same_tail)
		stream->tail_at_ms = at_ms;
}

void log_flush_tail(struct log *log, struct stream *stream)
{
	char header[LOG_HEADER_MAX] = {0};
	if (stream->have == 0)
		return;
	if (log->fd >= 0) {
		size_t header_size = make_header(log, header, stream->name);
		char *content = put_header(log, header, header_size);
		memcpy(content, stream->buffer, stream->have);
		put_record(log, header_size, 'P', stream->have);
		flush(log, true);
	}
	stream->have = stream->searched = 0;
}
