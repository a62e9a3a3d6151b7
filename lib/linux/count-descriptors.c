/* Counts what processes have open, for a thread of the daemon's pool: from JavaScript each descriptor would cost several times as much. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void davit_count_descriptors(const char *proc, const int *pids, int groups, int limit, int *counts);

static int count_of(const char *proc, int pid, int limit, int *opened, int *sockets);

/*
 * Of each group of processes (its pids end with a 0) how many descriptors are open, and how many of them are sockets: two numbers of `counts`.
 * Counting ends when more than `limit` have been found; processes that have ended have none. Instead of the first number an errno below zero.
 */
void davit_count_descriptors(const char *proc, const int *pids, int groups, int limit, int *counts)
{
  for (int group = 0; group < groups; group++, pids++, counts += 2) {
    int failed = 0;
    counts[0] = counts[1] = 0;
    for (; *pids; pids++)
      if (!failed && counts[0] <= limit)
        failed = count_of(proc, *pids, limit, &counts[0], &counts[1]);
    if (failed)
      counts[0] = failed;
  }
}

static int count_of(const char *proc, int pid, int limit, int *opened, int *sockets)
{
  char name[4096];
  const struct dirent *entry;

  if (snprintf(name, sizeof name, "%s/%d/fd", proc, pid) >= (int) sizeof name)
    return -ENAMETOOLONG;
  DIR *directory = opendir(name);
  if (!directory)
    return errno == ENOENT || errno == ESRCH || errno == EINVAL ? 0 : -errno;
  while (*opened <= limit && (entry = readdir(directory))) {
    char target[sizeof "socket:" - 1];
    if (!isdigit((unsigned char) entry->d_name[0]))
      continue;
    ++*opened;
    /* Closed since its name was read: no socket. */
    if (readlinkat(dirfd(directory), entry->d_name, target, sizeof target) == (ssize_t) sizeof target && !memcmp(target, "socket:", sizeof target))
      ++*sockets;
  }
  closedir(directory);
  return 0;
}
