/* Reads the numbers in the files of many cgroups, for a thread of the daemon's pool: the daemon's own thread neither reads nor parses text. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* What stands for no number. FAILED only in the place of a file's first one. */
enum { MISSING = -1, MAXIMUM = -2, UNPRESSED = -3, FAILED = -4 };
/* Only while lines are looked through. */
enum { ABSENT = -5 };

/* In the place of a descriptor: no such file; below, by how much it is, where in `paths` the file's path lies, which is opened and closed again. */
enum { NO_FILE = -1 };

/* Longer files are left to the caller. */
#define TEXT_BYTES 16384
#define NUMBERS_PER_LINE 4
/* Of one file. */
#define MAX_KEYS 8

/*
 * What is kept of a cgroup from one call to the next: since when its numbers are these, by the caller's clock, and whether that is long enough for what
 * the kernel adds up behind its users' backs (memory.stat every two seconds) to have been added. `since` 0: nothing is kept. `version` is another one
 * whenever any number is, and no other cgroup of this process ever has the same. `known_at`: the time of the last call. Of a cgroup above others only
 * `since` and the numbers that are read of it are used.
 */
struct kept {
  int64_t since;
  int64_t is_settled;
  int64_t version;
  int64_t known_at;
  int64_t numbers[];
};
enum { SETTLING_MS = 5000 };
#define KEPT_HEAD ((int) (sizeof (struct kept) / sizeof (int64_t)))
/* Before the numbers of each cgroup: the version, or this. */
enum { UNVERSIONED = 0 };
static _Atomic int64_t versions = UNVERSIONED;

/* The first letter of a word; a large one of a file that can only have changed if the one above has. */
enum { WATCHED = 'w', EACH_TIME = 'e', AFTER_CHANGE = 'c' };

/* Numbers of a unit. */
enum { FIRST_PLACE, HAS_ABOVE, UNIT_NUMBERS };
/* What the threads of one pass share begins with these. */
enum { NEXT_UNIT, PLACES_DONE, UNITS };

/* What all cgroups of a call have in common. */
struct pass {
  const char *paths;
  const char *files;
  int64_t now;
};

/* Of a cgroup whose figures are told by the one above: both, and which files that one has. */
struct told {
  const int *above_fds;
  const struct kept *above;
  const struct kept *own;
};

void davit_read_numbers(const int *fds, const char *paths, int unit_count, _Atomic int *shared, const char *files, int64_t *kept, const int *rows, int64_t now, int64_t *numbers);

static void of_above(const struct pass *pass, const int *fds, struct kept *kept, int64_t *numbers);
static void of_cgroup(const struct pass *pass, const int *fds, const struct told *told, struct kept *kept, bool is_whole, int64_t *numbers);
static bool is_told_above(const struct pass *pass, const struct told *told);
static void read_marked(const struct pass *pass, const int *fds, const struct told *told, char mark, int64_t *numbers);
static bool has_mark(const char *file, char mark);
static bool is_in_above(const char *file);
static void read_one(int fd, const char *paths, const char *form, int64_t *numbers);
static ssize_t read_path(const char *path, char *text, size_t size);
static bool is_same(const char *files, char mark, const int64_t *numbers, const int64_t *before);
static bool is_calm(const char *form, const int64_t *numbers);
static bool copy_marked(const char *files, char mark, int64_t *to, const int64_t *from);
static int count_of_all(const char *files);
static const char *next_word(const char *file);
static void take_keys(const char *text, const char *keys, int64_t *numbers);
static void take_pressure(const char *text, int64_t *numbers);
static void take_line(const char *line, int64_t *numbers);
static int count_of(const char *form);
static int64_t number_at(const char *text);
static int64_t hundredths_at(const char *text);

/*
 * `files` are words, each with its NUL and an empty one behind the last: what to take from the files of a cgroup, and when. "n": the number that
 * it begins with. "kONE TWO": of its lines `ONE 17` these. "p": pressure, both lines with their averages in hundredths and the total. Before that
 * "w": each time, and watched; "e": each time; "c": after a change of what is watched; "W" and "E": the same, but not while the cgroup above says the same.
 * docs/adr/0037 says why nothing else need be read.
 * Cgroups have places, one behind another. `fds` has a descriptor for each file of each place, or what stands for one. `rows` has two numbers for each: which
 * of the structures in `kept` is its own, below zero for none; and whether everything is to be read all the same. `numbers` gets of each place a version,
 * then the numbers. Threads that make the same call share the work: each takes the next unit that none has taken. `shared` has which one that is, at how many
 * places all is done, and of each unit its first place, and whether that is the cgroup above the unit's others, of which only the files of "W" and "E" are
 * there; behind the last unit stands where places end.
 */
void davit_read_numbers(const int *fds, const char *paths, int unit_count, _Atomic int *shared, const char *files, int64_t *kept, const int *rows, int64_t now, int64_t *numbers)
{
  const struct pass pass = { paths, files, now };
  int count = count_of_all(files);
  int files_each = 0;

  for (const char *file = files; *file; file = next_word(file))
    files_each++;
  for (int unit; (unit = atomic_fetch_add(&shared[NEXT_UNIT], 1)) < unit_count;) {
    _Atomic int *own_unit = shared + UNITS + UNIT_NUMBERS * unit;
    int first = own_unit[FIRST_PLACE], next = own_unit[UNIT_NUMBERS + FIRST_PLACE];
    struct told told = { NULL, NULL, NULL };
    for (int i = first; i < next; i++) {
      struct kept *own = rows[2 * i] < 0 ? NULL : (struct kept *) (kept + rows[2 * i] * (count + KEPT_HEAD));
      int64_t *own_numbers = numbers + i * (1 + count) + 1;
      if (i == first && own_unit[HAS_ABOVE]) {
        told.above_fds = fds + i * files_each;
        told.above = own;
        if (own)
          of_above(&pass, told.above_fds, own, own_numbers);
        continue;
      }
      told.own = own;
      of_cgroup(&pass, fds + i * files_each, &told, own, rows[2 * i + 1] != 0, own_numbers);
      own_numbers[-1] = own ? own->version : UNVERSIONED;
    }
    atomic_fetch_add(&shared[PLACES_DONE], next - first);
  }
}

/* Each file of a cgroup above others that is there adds up at once what is done below. */
static void of_above(const struct pass *pass, const int *fds, struct kept *kept, int64_t *numbers)
{
  read_marked(pass, fds, NULL, WATCHED, numbers);
  read_marked(pass, fds, NULL, EACH_TIME, numbers);

  bool is_watched_changed = copy_marked(pass->files, WATCHED, kept->numbers, numbers);

  if (copy_marked(pass->files, EACH_TIME, kept->numbers, numbers) || is_watched_changed)
    kept->since = pass->now;
}

static void of_cgroup(const struct pass *pass, const int *fds, const struct told *told, struct kept *kept, bool is_whole, int64_t *numbers)
{
  const char *files = pass->files;
  bool is_changed = false;

  if (is_whole || !is_told_above(pass, told))
    told = NULL;
  /* First: whatever is done after that shows the next time. */
  read_marked(pass, fds, told, WATCHED, numbers);
  bool is_still = kept && kept->since && is_same(files, WATCHED, numbers, kept->numbers);

  if (is_still && kept->is_settled && !is_whole) {
    copy_marked(files, AFTER_CHANGE, numbers, kept->numbers);
  } else {
    read_marked(pass, fds, NULL, AFTER_CHANGE, numbers);
    if (kept && is_still && is_same(files, AFTER_CHANGE, numbers, kept->numbers)) {
      kept->is_settled = pass->now - kept->since >= SETTLING_MS;
    } else if (kept) {
      kept->since = pass->now;
      kept->is_settled = false;
      copy_marked(files, WATCHED, kept->numbers, numbers);
      copy_marked(files, AFTER_CHANGE, kept->numbers, numbers);
      is_changed = true;
    }
  }
  read_marked(pass, fds, told, EACH_TIME, numbers);
  if (!kept)
    return;
  kept->known_at = pass->now;
  if (copy_marked(files, EACH_TIME, kept->numbers, numbers) || is_changed)
    kept->version = ++versions;
}

/* Only what was read when the cgroup above had been the same for long enough, as memory.stat: the kernel brings averages of pressure up to date every two seconds. */
static bool is_told_above(const struct pass *pass, const struct told *told)
{
  const struct kept *own = told->own;

  if (!told->above || !own || !own->is_settled || own->known_at - told->above->since < SETTLING_MS)
    return false;

  const int64_t *numbers = own->numbers;

  for (const char *file = pass->files; *file; file = next_word(file)) {
    if (is_in_above(file) && !is_calm(file + 1, numbers))
      return false;
    numbers += count_of(file + 1);
  }
  return true;
}

/* With `told` what the cgroup above tells is not read: nothing of it where that one has no such file, or could not read it. */
static void read_marked(const struct pass *pass, const int *fds, const struct told *told, char mark, int64_t *numbers)
{
  int at = 0, i = 0;

  for (const char *file = pass->files; *file; file = next_word(file), fds++, i++) {
    int count = count_of(file + 1);
    if (has_mark(file, mark)) {
      if (told && is_in_above(file) && told->above_fds[i] != NO_FILE && told->above->numbers[at] != FAILED)
        memcpy(numbers + at, told->own->numbers + at, (size_t) count * sizeof *numbers);
      else
        read_one(*fds, pass->paths, file + 1, numbers + at);
    }
    at += count;
  }
}

static bool has_mark(const char *file, char mark)
{
  return (*file | 0x20) == mark;
}

static bool is_in_above(const char *file)
{
  return !(*file & 0x20);
}

static void read_one(int fd, const char *paths, const char *form, int64_t *numbers)
{
  char text[TEXT_BYTES];
  int count = count_of(form);

  for (int i = 0; i < count; i++)
    numbers[i] = MISSING;
  if (fd == NO_FILE)
    return;

  ssize_t got = fd < 0 ? read_path(paths + (NO_FILE - 1 - fd), text, sizeof text - 1) : pread(fd, text, sizeof text - 1, 0);

  /* Of a path: as in OpenFiles, whose descriptors are of files that were there. */
  if (got < 0 && fd < 0 && (errno == ENOENT || errno == ENODEV || errno == ENOTDIR || errno == EOPNOTSUPP))
    return;
  if (got < 0 || got == sizeof text - 1) {
    numbers[0] = FAILED;
    return;
  }
  text[got] = '\0';
  if (*form == 'n')
    *numbers = number_at(text);
  else if (*form == 'k')
    take_keys(text, form + 1, numbers);
  else
    take_pressure(text, numbers);
}

static ssize_t read_path(const char *path, char *text, size_t size)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return -1;

  ssize_t got = pread(fd, text, size, 0);
  int error = errno;

  close(fd);
  errno = error;
  return got;
}

/* Nothing that could not be read is the same, and no watched number that is missing. */
static bool is_same(const char *files, char mark, const int64_t *numbers, const int64_t *before)
{
  for (const char *file = files; *file; file = next_word(file)) {
    int count = count_of(file + 1);
    bool is_known = mark == WATCHED ? *numbers >= 0 : *numbers != FAILED;
    if (has_mark(file, mark) && !(is_known && is_calm(file + 1, numbers) && !memcmp(numbers, before, (size_t) count * sizeof *numbers)))
      return false;
    numbers += count;
    before += count;
  }
  return true;
}

/* Averages of pressure change by themselves until they are zero. */
static bool is_calm(const char *form, const int64_t *numbers)
{
  if (*form != 'p' || *numbers == MISSING)
    return true;
  for (int i = 0; i < 2 * NUMBERS_PER_LINE; i++)
    if (i % NUMBERS_PER_LINE != NUMBERS_PER_LINE - 1 && numbers[i] != 0 && numbers[i] != UNPRESSED)
      return false;
  return true;
}

/* Whether that changed anything. */
static bool copy_marked(const char *files, char mark, int64_t *to, const int64_t *from)
{
  bool is_changed = false;

  for (const char *file = files; *file; file = next_word(file)) {
    int count = count_of(file + 1);
    if (has_mark(file, mark) && memcmp(to, from, (size_t) count * sizeof *to)) {
      memcpy(to, from, (size_t) count * sizeof *to);
      is_changed = true;
    }
    to += count;
    from += count;
  }
  return is_changed;
}

static int count_of_all(const char *files)
{
  int count = 0;

  for (const char *file = files; *file; file = next_word(file))
    count += count_of(file + 1);
  return count;
}

static const char *next_word(const char *file)
{
  return file + strlen(file) + 1;
}

static int count_of(const char *form)
{
  int count = 1;

  if (*form == 'n')
    return 1;
  if (*form == 'p')
    return 2 * NUMBERS_PER_LINE;
  while ((form = strchr(form, ' '))) {
    form++;
    count++;
  }
  return count;
}

/* Each line is looked at once, however many keys: those of memory.stat are far down. Of two lines with one key the first counts. */
static void take_keys(const char *text, const char *keys, int64_t *numbers)
{
  struct { const char *name; size_t length; } key[MAX_KEYS];
  int count = 0;

  for (const char *name = keys; count < MAX_KEYS; name += key[count++].length + 1) {
    key[count].name = name;
    key[count].length = strcspn(name, " ");
    numbers[count] = ABSENT;
    if (!name[key[count].length]) {
      count++;
      break;
    }
  }
  for (const char *line = text; line; line = strchr(line, '\n'), line = line ? line + 1 : line)
    for (int i = 0; i < count; i++)
      if (numbers[i] == ABSENT && !strncmp(line, key[i].name, key[i].length) && line[key[i].length] == ' ') {
        numbers[i] = number_at(line + key[i].length + 1);
        break;
      }
  for (int i = 0; i < count; i++)
    if (numbers[i] == ABSENT)
      numbers[i] = MISSING;
}

static void take_pressure(const char *text, int64_t *numbers)
{
  const char *full = strstr(text, "full ");

  take_line(strncmp(text, "some ", 5) ? NULL : text, numbers);
  take_line(full, numbers + NUMBERS_PER_LINE);
}

/* `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`; the line may be missing. */
static void take_line(const char *line, int64_t *numbers)
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
