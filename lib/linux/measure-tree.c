/* Measures a small tree: from JavaScript each of its entries costs ten times as much, and leaves garbage. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the kernel counts st_blocks in. */
#define STAT_BLOCK_BYTES 512
/* Files with several names that are told apart, and directories in each other: a tree with more is not small. */
#define MAX_LINKED 64
#define MAX_DEPTH 64

enum { MEASURED, TOO_LARGE };

struct walk {
  int max_inodes;
  int inodes;
  int64_t bytes;
  int linked;
  struct { dev_t device; ino_t inode; } seen[MAX_LINKED];
};

int davit_measure_tree(const char *directory, int max_inodes, int64_t *usage);

static int open_directory(int at, const char *name);
static int enter(struct walk *walk, int fd, int depth);
static int take(struct walk *walk, int fd, const char *name, int depth);
static int see(struct walk *walk, const struct stat *stat, bool *is_seen);
static bool is_gone(int error);

/*
 * Disk bytes and inodes below `directory` into the two numbers of `usage`. What vanishes meanwhile is left out, and a file with several names counts once.
 * @returns 0; 1 for a tree with more than `max_inodes`, or one that is not small otherwise; an errno below zero
 */
int davit_measure_tree(const char *directory, int max_inodes, int64_t *usage)
{
  struct walk walk = { .max_inodes = max_inodes };
  int fd = open_directory(AT_FDCWD, directory);
  int result = fd < 0 ? fd : enter(&walk, fd, 0);

  usage[0] = walk.bytes;
  usage[1] = walk.inodes;
  return result;
}

/* @returns a descriptor, or an errno below zero: ENOTDIR for a symlink */
static int open_directory(int at, const char *name)
{
  int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

  return fd < 0 ? -errno : fd;
}

/* Closes `fd`. */
static int enter(struct walk *walk, int fd, int depth)
{
  const struct dirent *entry;
  int result = MEASURED;
  DIR *directory = fdopendir(fd);

  if (!directory) {
    result = -errno;
    close(fd);
    return result;
  }
  while (errno = 0, entry = readdir(directory)) {
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
      continue;
    result = take(walk, fd, entry->d_name, depth);
    if (result != MEASURED)
      break;
  }
  if (!entry && errno && !is_gone(errno))
    result = -errno;
  closedir(directory);
  return result;
}

static int take(struct walk *walk, int fd, const char *name, int depth)
{
  struct stat stat;
  bool is_seen = false;

  if (fstatat(fd, name, &stat, AT_SYMLINK_NOFOLLOW))
    return is_gone(errno) ? MEASURED : -errno;
  bool is_directory = S_ISDIR(stat.st_mode);
  if (stat.st_nlink > 1 && !is_directory && see(walk, &stat, &is_seen))
    return TOO_LARGE;
  if (is_seen)
    return MEASURED;
  walk->bytes += (int64_t) stat.st_blocks * STAT_BLOCK_BYTES;
  if (++walk->inodes > walk->max_inodes)
    return TOO_LARGE;
  if (!is_directory)
    return MEASURED;
  if (depth == MAX_DEPTH)
    return TOO_LARGE;
  int below = open_directory(fd, name);
  if (below < 0)
    return is_gone(-below) ? MEASURED : below;
  return enter(walk, below, depth + 1);
}

/* @returns TOO_LARGE when there is no room to remember it */
static int see(struct walk *walk, const struct stat *stat, bool *is_seen)
{
  for (int i = 0; i < walk->linked && !*is_seen; i++)
    *is_seen = walk->seen[i].device == stat->st_dev && walk->seen[i].inode == stat->st_ino;
  if (*is_seen)
    return MEASURED;
  if (walk->linked == MAX_LINKED)
    return TOO_LARGE;
  walk->seen[walk->linked].device = stat->st_dev;
  walk->seen[walk->linked++].inode = stat->st_ino;
  return MEASURED;
}

/* EMFILE: what is below is left out too, as more than descriptors reach. */
static bool is_gone(int error)
{
  return error == ENOENT || error == ENOTDIR || error == EMFILE;
}
