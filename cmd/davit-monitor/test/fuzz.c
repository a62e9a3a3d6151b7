/*
 * A fixed number of cases from a fixed seed, under the sanitizers: whatever bytes come, the parsers of frames and requests stay inside them,
 * and the log holds every byte of its input, in records of the right form, however the input is cut, and without one allocation.
 */
#include "../src/monitor/exec_start.c"
#include "../src/launcher/launch.c"

enum { PARSER_CASES = 300 * 1000, LOG_CASES = 400, LOG_INPUT_MAX = 90 * 1000 };

static uint64_t seed = 88172645463325252ull;
static unsigned allocations;

/* The linker sends our own code's calls here (--wrap). */
void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__real_opendir(const char *path);
void *__wrap_opendir(const char *path);

void *__wrap_malloc(size_t size) { allocations++; return __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { allocations++; return __real_calloc(count, size); }
void *__wrap_realloc(void *block, size_t size) { allocations++; return __real_realloc(block, size); }
void *__wrap_opendir(const char *path) { allocations++; return __real_opendir(path); }

static uint32_t next_random(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t)(seed >> 16);
}

static void require(bool holds, const char *what, unsigned number)
{
	if (holds)
		return;
	fprintf(stderr, "case %u: %s\n", number, what);
	abort();
}

/* A heap block of exactly the size, so that a byte too far is seen. */
static uint8_t *random_bytes(size_t size)
{
	uint8_t *bytes = malloc(size + (size == 0));
	for (size_t i = 0; i < size; i++)
		bytes[i] = next_random() % 3 == 0 ? (uint8_t)next_random() : (uint8_t)(next_random() % 4);
	return bytes;
}

static size_t put_string(uint8_t *at, const char *text)
{
	write_number(at, 4, strlen(text));
	strcpy((char *)at + 4, text);
	return 5 + strlen(text);
}

/* A RUN request that is right but for some bytes. */
static size_t almost_run(uint8_t *at)
{
	size_t size = 12;
	memset(at, 1, size);
	size += put_string(at + size, "/bin/true");
	size += put_string(at + size, "/");
	for (int list = 0; list < 2; list++) {
		write_number(at + size, 4, 2);
		size += 4;
		size += put_string(at + size, "A=b");
		size += put_string(at + size, "");
	}
	write_number(at + size, 4, 3);
	memcpy(at + size + 4, "in\n", 3);
	return size + 7;
}

static void fuzz_parsers(unsigned number)
{
	uint8_t draft[256];
	size_t size = next_random() % 2 ? almost_run(draft) : next_random() % 200;
	uint8_t *bytes = random_bytes(size);
	if (next_random() % 2 && size > 60) {
		memcpy(bytes, draft, size);
		for (unsigned flips = next_random() % 4; flips > 0; flips--)
			bytes[next_random() % size] = (uint8_t)next_random();
	}
	struct frame frame = {.payload = bytes, .length = (uint32_t)size};
	struct request request = {0};
	struct exec exec = {0};
	if (parse_run(&frame, &request)) {
		size_t words = 0;
		for (const char **word = request.arguments; *word != NULL; word++)
			words += strlen(*word);
		require(words <= size && request.stdin_size <= size, "a RUN request is bigger than its frame", number);
	}
	free_request(&request);
	if (parse_request(&exec, &frame))
		for (unsigned i = 0; i < exec.extra_count; i++)
			require(strlen(exec.extra[i]) < sizeof exec.extra_text, "an argument is too long", number);
	int result = frame_parse(bytes, size, 64, &frame);
	if (result == 1)
		require(frame.length <= 64 && FRAME_HEADER + frame.length <= size, "a frame is longer than its bytes", number);
	free(bytes);
}

/* Undoes the format: contents of one stream joined, a newline after each F. */
static size_t read_back(const char *log, size_t size, uint32_t line_max, char *content, unsigned number)
{
	size_t have = 0;
	const char *end = log + size;
	while (log < end) {
		const char *newline = memchr(log, '\n', (size_t)(end - log));
		require(newline != NULL && newline - log >= 40, "a record is torn", number);
		require(log[10] == 'T' && log[19] == '.' && memcmp(log + 29, "Z stdout ", 9) == 0 && (log[38] == 'P' || log[38] == 'F') && log[39] == ' ', "a header is wrong", number);
		size_t length = (size_t)(newline - log) - 40;
		require(length <= line_max, "a record is too long", number);
		memcpy(content + have, log + 40, length);
		have += length;
		if (log[38] == 'F')
			content[have++] = '\n';
		log = newline + 1;
	}
	return have;
}

static void fuzz_log(unsigned number)
{
	static char out[LOG_BUFFER], content[LOG_INPUT_MAX], written[LOG_INPUT_MAX * 50];
	static char tail[STREAM_BUFFER];
	char path[64];
	int file = memfd_create("log", MFD_CLOEXEC);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	struct log log;
	struct stream stream = {.fd = -1, .name = "stdout", .buffer = tail};
	uint32_t line_max = next_random() % 2 ? 1 + next_random() % 50 : 1 + next_random() % LOG_LINE_MAX;
	require(log_open(&log, &(struct log_options){.path = path, .line_max = line_max, .files_max = 1}, out) == 0, "the log cannot be opened", number);
	size_t size = next_random() % LOG_INPUT_MAX;
	char *input = malloc(size + 1);
	unsigned rare = 1 + next_random() % 5000;
	for (size_t i = 0; i < size; i++)
		input[i] = next_random() % rare == 0 ? '\n' : (char)('a' + next_random() % 26);
	for (size_t at = 0, part; at < size; at += part) {
		part = 1 + next_random() % (next_random() % 4 ? 300 : LOG_READ_SIZE);
		part = part < size - at ? part : size - at;
		memcpy(stream.buffer + stream.have, input + at, part);
		unsigned before = allocations;
		log_take(&log, &stream, part, 1);
		if (next_random() % 20 == 0)
			log_flush_tail(&log, &stream);
		require(allocations == before, "the log allocates", number);
		require(stream.have <= line_max, "the tail is longer than a line", number);
	}
	log_flush_tail(&log, &stream);
	ssize_t n = pread(file, written, sizeof written, 0);
	require(n >= 0 && (size_t)n < sizeof written, "the log cannot be read", number);
	size_t have = read_back(written, (size_t)n, line_max, content, number);
	require(have == size && memcmp(content, input, size) == 0, "the log is not its input", number);
	free(input);
	log_close(&log);
	close(file);
}

int main(void)
{
	for (unsigned i = 0; i < PARSER_CASES; i++)
		fuzz_parsers(i);
	for (unsigned i = 0; i < LOG_CASES; i++)
		fuzz_log(i);
	printf("%d requests and %d logs: all right\n", PARSER_CASES, LOG_CASES);
	return 0;
}
