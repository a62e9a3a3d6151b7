/* Reads many small files in one call, for a thread of the daemon's pool: what reading each from JavaScript costs beside the kernel's part is saved. */
#include <errno.h>
#include <unistd.h>

void davit_read_files(const int *fds, int count, char *text, int size, int *lengths);

/* The beginning of every file, one behind another, into `text`. A length below zero is an errno; ENOBUFS: it may not have fitted. */
void davit_read_files(const int *fds, int count, char *text, int size, int *lengths)
{
  int used = 0;

  for (int i = 0; i < count; i++) {
    ssize_t got = pread(fds[i], text + used, (size_t) (size - used), 0);
    if (got < 0)
      lengths[i] = -errno;
    else if (got == size - used)
      lengths[i] = -ENOBUFS;
    else
      used += lengths[i] = (int) got;
  }
}
