#include "report.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "text.h"

/* Lines of two threads must not mix, and after a failure there are none. */
static pthread_mutex_t speaking = PTHREAD_MUTEX_INITIALIZER;

static void send(const char *line, size_t length)
{
	while (length > 0) {
		const ssize_t sent = write(STDOUT_FILENO, line, length);
		if (sent <= 0)
			return; /* nobody hears */
		line += sent;
		length -= (size_t)sent;
	}
}

void report_progress(int64_t uncompressed_bytes, int64_t entries)
{
	char line[256];
	const int length = snprintf(line, sizeof line, "{\"kind\":\"progress\",\"uncompressedBytes\":%" PRId64 ",\"entries\":%" PRId64 "}\n", uncompressed_bytes, entries);
	pthread_mutex_lock(&speaking);
	send(line, (size_t)length);
	pthread_mutex_unlock(&speaking);
}

void report_done(const struct result *result)
{
	char line[1024];
	const int length = snprintf(line, sizeof line,
		"{\"kind\":\"done\",\"result\":{\"digest\":\"%s\",\"diffID\":\"%s\",\"compressedBytes\":%" PRId64 ",\"uncompressedBytes\":%" PRId64 ",\"entries\":%" PRId64 ",\"diskBytes\":%" PRId64 ",\"inodes\":%" PRId64 ",\"unkeptAttributes\":%" PRId64 "}}\n",
		result->digest, result->diff_id, result->compressed_bytes, result->uncompressed_bytes, result->entries, result->disk_bytes, result->inodes, result->unkept_xattrs);
	pthread_mutex_lock(&speaking);
	send(line, (size_t)length);
	pthread_mutex_unlock(&speaking);
}

_Noreturn void report_failure(const struct failure *failure)
{
	static char line[6 * FAILURE_BYTES + 128];
	pthread_mutex_lock(&speaking);
	char *end = line + snprintf(line, sizeof line, "{\"kind\":\"failed\",\"code\":\"%s\",\"message\":\"", failure_code(failure));
	end = escape_json(end, failure->text, strlen(failure->text));
	memcpy(end, "\"}\n", 3);
	send(line, (size_t)(end + 3 - line));
	_exit(1);
}
