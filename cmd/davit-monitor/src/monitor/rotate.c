/* A log file that has become too big is renamed as the kubelet renames it, "<path>.YYYYMMDD-HHMMSS", so that the kubelet counts, reads and removes it as its own. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "system/directory.h"
#include "log.h"

enum { NAMES_A_SECOND = 100, REMOVED_AT_ONCE = 1000, NOREPLACE = 1 };

static bool is_rotated(const char *name, const char *base)
{
	size_t length = strlen(base);
	if (strncmp(name, base, length) != 0 || name[length] != '.')
		return false;
	/* By kubelet's pattern of digits; ours may have "-NN", kubelet's ".gz" behind it. */
	const char *digits = name + length + 1;
	return strspn(digits, "0123456789") == 8 && digits[8] == '-' && strspn(digits + 9, "0123456789") == 6;
}

/* How many rotated files there are, and the name of the oldest: names sort by time. */
static unsigned count_rotated(const char *path, const char *base, char *oldest)
{
	struct directory directory;
	unsigned count = 0;
	if (directory_open(&directory, path) < 0)
		return 0;
	for (const char *name; (name = directory_next(&directory)) != NULL;)
		if (is_rotated(name, base) && (count++ == 0 || strcmp(name, oldest) < 0))
			(void)format_path(oldest, NAME_MAX + 1, "%s", name);
	close_fd(&directory.fd);
	return count;
}

static void remove_oldest(const char *path, int64_t files_max)
{
	char parent[PATH_MAX], doomed[PATH_MAX], oldest[NAME_MAX + 1];
	const char *base = strrchr(path, '/');
	if (base == NULL || format_path(parent, sizeof parent, "%.*s/", (int)(base - path), path) < 0)
		return;
	for (int left = REMOVED_AT_ONCE; left > 0 && (int64_t)count_rotated(parent, base + 1, oldest) >= files_max; left--)
		if (format_path(doomed, sizeof doomed, "%s%s", parent, oldest) < 0 || unlink(doomed) < 0)
			return;
}

/* Never over a file that is there, and behind those of the same second, even if they are gone. */
static int rename_by_time(struct log *log, char *name)
{
	char date[16];
	/* "YYYY-MM-DDTHH:MM:SS." without its punctuation. */
	const char *s = log->stamp;
	snprintf(date, sizeof date, "%.4s%.2s%.2s-%.2s%.2s%.2s", s, s + 5, s + 8, s + 11, s + 14, s + 17);
	if (log->rotated_second != log->stamp_second)
		log->rotated_count = 0;
	log->rotated_second = log->stamp_second;
	while (log->rotated_count < NAMES_A_SECOND) {
		int i = log->rotated_count++;
		int length = i == 0 ? snprintf(name, PATH_MAX, "%s.%s", log->options.path, date) : snprintf(name, PATH_MAX, "%s.%s-%02d", log->options.path, date, i);
		if (length >= PATH_MAX)
			return -ENAMETOOLONG;
		if (syscall(SYS_renameat2, AT_FDCWD, log->options.path, AT_FDCWD, name, NOREPLACE) == 0 || errno == ENOENT)
			return 0;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

int log_rotate(struct log *log)
{
	char name[PATH_MAX];
	struct stat st;
	if (fstat(log->fd, &st) < 0 || !S_ISREG(st.st_mode))
		return -EINVAL;
	int result = rename_by_time(log, name);
	if (result < 0)
		return result;
	int fd = log_open_file(log->options.path);
	if (fd < 0) {
		(void)!rename(name, log->options.path);
		return fd;
	}
	log_go_on(log, fd);
	remove_oldest(log->options.path, log->options.files_max);
	return 0;
}
