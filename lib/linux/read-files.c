/* Reads many small files in one call, for a thread of the daemon's pool: what reading each from JavaScript costs beside the kernel's part is saved. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Another number after each change of what this library's functions are given or give: FILES_ABI in read-files.ts is the same. */
enum { FILES_ABI = 2 };

int davit_files_abi(void);
void davit_read_files(const int *fds, int count, const char *paths, char *text, int size, int *lengths);

static int read_whole(const char *path, char *into, int size);

int davit_files_abi(void)
{
  return FILES_ABI;
}

/*
 * The beginning of every file, one behind another, into `text`. For a descriptor below zero the next one of `paths`, each with its NUL, is
 * opened and read to its end. A length below zero is an errno; ENOBUFS: it may not have fitted.
 */
void davit_read_files(const int *fds, int count, const char *paths, char *text, int size, int *lengths)
{
  int used = 0;

  for (int i = 0; i < count; i++) {
    int room = size - used;
    int got;
    if (fds[i] >= 0) {
      got = (int) pread(fds[i], text + used, (size_t) room, 0);
      if (got < 0)
        got = -errno;
    } else {
      got = read_whole(paths, text + used, room);
      paths += strlen(paths) + 1;
    }
    lengths[i] = got == room ? -ENOBUFS : got;
    if (lengths[i] > 0)
      used += got;
  }
}

static int read_whole(const char *path, char *into, int size)
{
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t got = 1;
  int used = 0;

  if (fd < 0)
    return -errno;
  while (got > 0 && used < size) {
    got = read(fd, into + used, (size_t) (size - used));
    if (got > 0)
      used += (int) got;
  }
  int failed = got < 0 ? -errno : 0;
  close(fd);
  return failed ? failed : used;
}
