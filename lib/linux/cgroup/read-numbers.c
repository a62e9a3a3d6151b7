/* Reads the numbers in the files of many cgroups, for a thread of the daemon's pool: the daemon's own thread neither reads nor parses text. */
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* What stands for no number. FAILED only in the place of a file's first one. */
enum { MISSING = -1, MAXIMUM = -2, UNPRESSED = -3, FAILED = -4 };

/* Longer files are left to the caller. */
#define TEXT_BYTES 16384
#define NUMBERS_PER_LINE 4

void davit_read_numbers(const int *fds, int cgroups, const char *files, int64_t *numbers);

static int64_t *of_file(int fd, const char *file, int64_t *numbers);
static int64_t *take_number(const char *text, int64_t *numbers);
static int64_t *take_keys(const char *text, const char *keys, int64_t *numbers);
static int64_t *take_pressure(const char *text, int64_t *numbers);
static int64_t *take_line(const char *line, int64_t *numbers);
static int count_of(const char *file);
static int64_t number_at(const char *text);
static int64_t hundredths_at(const char *text);

/*
 * `files` are words, each with its NUL and an empty one behind the last: what to take from the files of a cgroup. "n": the number that it
 * begins with. "kONE TWO": of its lines `ONE 17` these. "p": pressure, both lines with their averages in hundredths and the total.
 * `fds` has a descriptor for each file of each cgroup, below zero for one that is not there.
 */
void davit_read_numbers(const int *fds, int cgroups, const char *files, int64_t *numbers)
{
  for (int i = 0; i < cgroups; i++)
    for (const char *file = files; *file; file += strlen(file) + 1)
      numbers = of_file(*fds++, file, numbers);
}

/* @returns where the numbers of the next file go */
static int64_t *of_file(int fd, const char *file, int64_t *numbers)
{
  char text[TEXT_BYTES];
  ssize_t got = fd < 0 ? 0 : pread(fd, text, sizeof text - 1, 0);
  int count = count_of(file);

  for (int i = 0; i < count; i++)
    numbers[i] = MISSING;
  if (fd < 0)
    return numbers + count;
  if (got < 0 || got == sizeof text - 1) {
    numbers[0] = FAILED;
    return numbers + count;
  }
  text[got] = '\0';
  return *file == 'n' ? take_number(text, numbers) : *file == 'k' ? take_keys(text, file + 1, numbers) : take_pressure(text, numbers);
}

static int count_of(const char *file)
{
  int count = 1;

  if (*file == 'n')
    return 1;
  if (*file == 'p')
    return 2 * NUMBERS_PER_LINE;
  while ((file = strchr(file, ' '))) {
    file++;
    count++;
  }
  return count;
}

static int64_t *take_number(const char *text, int64_t *numbers)
{
  *numbers = number_at(text);
  return numbers + 1;
}

static int64_t *take_keys(const char *text, const char *keys, int64_t *numbers)
{
  for (const char *key = keys; ; numbers++) {
    size_t length = strcspn(key, " ");
    for (const char *line = text; line; line = strchr(line, '\n'), line = line ? line + 1 : line)
      if (!strncmp(line, key, length) && line[length] == ' ') {
        *numbers = number_at(line + length + 1);
        break;
      }
    if (!key[length])
      return numbers + 1;
    key += length + 1;
  }
}

static int64_t *take_pressure(const char *text, int64_t *numbers)
{
  const char *full = strstr(text, "full ");

  take_line(strncmp(text, "some ", 5) ? NULL : text, numbers);
  take_line(full, numbers + NUMBERS_PER_LINE);
  return numbers + 2 * NUMBERS_PER_LINE;
}

/* `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`; the line may be missing. */
static int64_t *take_line(const char *line, int64_t *numbers)
{
  int64_t all = 0;

  for (int i = 0; i < NUMBERS_PER_LINE; i++) {
    line = line ? strchr(line, '=') : NULL;
    line = line ? line + 1 : NULL;
    numbers[i] = !line ? 0 : i < NUMBERS_PER_LINE - 1 ? hundredths_at(line) : number_at(line);
    all |= numbers[i];
  }
  if (!all)
    numbers[0] = UNPRESSED;
  return numbers + NUMBERS_PER_LINE;
}

static int64_t number_at(const char *text)
{
  int64_t value = 0;

  if (*text < '0' || *text > '9')
    return *text == 'm' ? MAXIMUM : MISSING;
  for (; *text >= '0' && *text <= '9'; text++)
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, *text - '0', &value))
      return INT64_MAX;
  return value;
}

/* The kernel writes two digits behind the point. */
static int64_t hundredths_at(const char *text)
{
  int64_t whole = number_at(text);
  const char *point = strchr(text, '.');

  return whole < 0 || !point ? 0 : whole * 100 + (point[1] - '0') * 10 + (point[2] - '0');
}
