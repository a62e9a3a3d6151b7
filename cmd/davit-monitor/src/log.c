#include "log.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { LOG_MODE = 0640 };

static int open_log(const char *path)
{
	/* O_NONBLOCK: a FIFO without a reader must not hold the container; it means nothing for a file. */
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, LOG_MODE);
	return fd < 0 ? -errno : fd;
}

int log_open(struct log *log, const char *path, uint32_t line_max, char *out)
{
	*log = (struct log){.fd = -1, .path = path, .line_max = line_max, .out = out, .stamp_second = -1};
	if (path[0] == '\0')
		return 0;
	int fd = open_log(path);
	if (fd < 0)
		return fd;
	log->fd = fd;
	return 0;
}

int log_reopen(struct log *log)
{
	if (log->path[0] == '\0')
		return 0;
	int fd = open_log(log->path);
	if (fd < 0)
		return fd;
	close_fd(&log->fd);
	log->fd = fd;
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
			log->last_error = n < 0 ? errno : ENOSPC;
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
	return whole;
}

static bool write_marker(struct log *log)
{
	char line[256];
	size_t length = make_header(log, line, "stderr");
	length += (size_t)snprintf(line + length, sizeof line - length, "[davit: %llu log lines, %llu bytes lost: %s]\n",
	                           (unsigned long long)log->lost_lines, (unsigned long long)log->lost_bytes, strerror(log->last_error));
	if (append(log, line, length) != length)
		return false;
	log->lost_lines = log->lost_bytes = 0;
	return true;
}

static void flush(struct log *log)
{
	size_t size = log->out_have, written = 0;
	log->out_have = 0;
	if (size == 0)
		return;
	if (log->lost_lines == 0 || write_marker(log))
		written = append(log, log->out, size);
	uint64_t lines = count_lines(log->out, written);
	log->lines += lines;
	log->bytes += written;
	if (written == size)
		return;
	uint64_t lost = count_lines(log->out + written, size - written);
	log->lost_lines += lost;
	log->total_lost_lines += lost;
	log->lost_bytes += size - written;
	log->total_lost_bytes += size - written;
}

static void put_record(struct log *log, const char *header, size_t header_size, char tag, const char *content, size_t size)
{
	char *at = log->out + log->out_have;
	memcpy(at, header, header_size);
	at[header_size - 2] = tag;
	memcpy(at + header_size, content, size);
	at[header_size + size] = '\n';
	log->out_have += header_size + size + 1;
	if (log->out_have >= LOG_BATCH)
		flush(log);
}

void log_take(struct log *log, struct stream *stream, size_t fresh, int64_t at_ms)
{
	char header[LOG_HEADER_MAX];
	size_t have = stream->have + fresh;
	if (log->fd < 0) {
		stream->have = 0;
		return;
	}
	size_t header_size = make_header(log, header, stream->name);
	const char *at = stream->buffer, *end = at + have, *scan = at + stream->have;
	while (at < end) {
		/* The tail has been searched before: it holds no newline. */
		const char *newline = memchr(scan, '\n', (size_t)(end - scan));
		const char *line_end = newline != NULL ? newline : end;
		while ((size_t)(line_end - at) > log->line_max) {
			put_record(log, header, header_size, 'P', at, log->line_max);
			at += log->line_max;
		}
		if (newline == NULL)
			break;
		put_record(log, header, header_size, 'F', at, (size_t)(newline - at));
		at = scan = newline + 1;
	}
	flush(log);
	bool same_tail = at == stream->buffer && stream->have > 0;
	stream->have = (size_t)(end - at);
	memmove(stream->buffer, at, stream->have);
	if (stream->have > 0 && !same_tail)
		stream->tail_at_ms = at_ms;
}

void log_flush_tail(struct log *log, struct stream *stream)
{
	char header[LOG_HEADER_MAX];
	if (stream->have == 0)
		return;
	if (log->fd >= 0) {
		size_t header_size = make_header(log, header, stream->name);
		put_record(log, header, header_size, 'P', stream->buffer, stream->have);
		flush(log);
	}
	stream->have = 0;
}
