/*
 * The only program in the containers of our tests: it does the words of its command line one after another.
 *
 *   out TEXT, err TEXT    writes, with \n for a newline            lines N LENGTH   N lines of that many letters to stdout
 *   sleep MS              waits                                    exit CODE        ends
 *   raise SIGNAL          kills itself                             ignore SIGNAL    ignores it from now on
 *   cat                   copies stdin to stdout until its end     fork-sleep MS    leaves a child behind that holds stdout and stderr
 *   setsid-sleep MS       leaves a child in a session of its own   reopen           opens /dev/stdout anew and goes on there
 *   size                  writes the terminal's rows and columns   hog MIB          touches so much memory
 *   file PATH TEXT        writes a file                            spill N          N bytes of 'x' without newline
 *   pid                   writes the pid                           ids              writes uid and gid
 *   orphan CODE           leaves a child that ends 50 ms later     read PATH        copies a file to stdout
 *   stray MS         leaves a grandchild behind whose parent ends   become UID   changes its user
 *   daemon MS        the same, in a session of its own              close-terminal   closes 0, 1 and 2
 *   wait-file PATH        waits until that file exists             lo               writes whether lo is up
 *   wait-pipe BYTES       waits until stdout is a pipe of that size
 *   pour PATH N           copies stdin to a file, with N bytes more for every thousand, and writes the nanoseconds of CPU that it took
 */
#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void put(int fd, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, data, size);
		if (n < 0)
			_exit(99);
		data += n;
		size -= (size_t)n;
	}
}

static void put_text(int fd, const char *text)
{
	char buffer[4096];
	size_t at = 0;
	for (; *text != '\0' && at < sizeof buffer; text++) {
		if (text[0] == '\\' && text[1] == 'n') {
			buffer[at++] = '\n';
			text++;
		} else {
			buffer[at++] = *text;
		}
	}
	put(fd, buffer, at);
}

static void copy(int fd)
{
	char buffer[4096];
	for (ssize_t n; (n = read(fd, buffer, sizeof buffer)) > 0;)
		put(1, buffer, (size_t)n);
}

/* What a program pays to the kernel that does nothing but read a container's output and write its log. */
static void pour(const char *path, size_t more)
{
	enum { READ = 256 * 1024 };
	static char buffer[2 * READ];
	char text[64];
	int fd = open(path, O_WRONLY | O_APPEND), statistics = open("/proc/self/schedstat", O_RDONLY);
	fcntl(0, F_SETPIPE_SZ, READ);
	for (ssize_t n; (n = read(0, buffer, READ)) > 0;)
		put(fd, buffer, (size_t)n + (size_t)n * more / 1000);
	ssize_t length = read(statistics, text, sizeof text);
	put(1, text, length > 0 ? (size_t)length : 0);
}

static void put_lines(long count, size_t length)
{
	static char block[1 << 16];
	size_t have = 0;
	for (long i = 0; i < count; i++) {
		if (have + length + 1 > sizeof block) {
			put(1, block, have);
			have = 0;
		}
		memset(block + have, 'a' + (int)(i % 26), length);
		block[have + length] = '\n';
		have += length + 1;
	}
	put(1, block, have);
}

static void spill(size_t count)
{
	static char block[4096];
	memset(block, 'x', sizeof block);
	for (; count > 0; count -= count < sizeof block ? count : sizeof block)
		put(1, block, count < sizeof block ? count : sizeof block);
}

static void hog(size_t mib)
{
	for (size_t i = 0; i < mib; i++) {
		char *block = malloc(1 << 20);
		memset(block, 1, 1 << 20);
	}
}

static int lo_is_up(void)
{
	struct ifreq request = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	return ioctl(fd, SIOCGIFFLAGS, &request) == 0 && (request.ifr_flags & IFF_UP) != 0;
}

int main(int count, char **words)
{
	for (int i = 1; i < count; i++) {
		const char *word = words[i], *first = i + 1 < count ? words[i + 1] : "";
		if (strcmp(word, "out") == 0) put_text(1, words[++i]);
		else if (strcmp(word, "err") == 0) put_text(2, words[++i]);
		else if (strcmp(word, "sleep") == 0) pause_ms(atol(words[++i]));
		else if (strcmp(word, "exit") == 0) return atoi(first);
		else if (strcmp(word, "raise") == 0) { kill(getpid(), atoi(words[++i])); pause_ms(1000); }
		else if (strcmp(word, "ignore") == 0) signal(atoi(words[++i]), SIG_IGN);
		else if (strcmp(word, "cat") == 0) copy(0);
		else if (strcmp(word, "read") == 0) { int fd = open(words[++i], O_RDONLY); copy(fd); close(fd); }
		else if (strcmp(word, "pid") == 0) { char text[16]; put(1, text, (size_t)snprintf(text, sizeof text, "%d\n", (int)getpid())); }
		else if (strcmp(word, "ids") == 0) { char text[32]; put(1, text, (size_t)snprintf(text, sizeof text, "%d %d\n", (int)getuid(), (int)getgid())); }
		else if (strcmp(word, "lines") == 0) { put_lines(atol(first), (size_t)atol(words[i + 2])); i += 2; }
		else if (strcmp(word, "pour") == 0) { pour(first, (size_t)atol(words[i + 2])); i += 2; }
		else if (strcmp(word, "spill") == 0) spill((size_t)atol(words[++i]));
		else if (strcmp(word, "hog") == 0) hog((size_t)atol(words[++i]));
		else if (strcmp(word, "lo") == 0) put_text(1, lo_is_up() ? "up\\n" : "down\\n");
		else if (strcmp(word, "reopen") == 0) { int fd = open("/dev/stdout", O_WRONLY); if (fd < 0 || dup2(fd, 1) < 0) return 98; }
		else if (strcmp(word, "size") == 0) { struct winsize size = {0}; char text[32]; ioctl(1, TIOCGWINSZ, &size); put(1, text, (size_t)snprintf(text, sizeof text, "%d %d\n", size.ws_row, size.ws_col)); }
		else if (strcmp(word, "file") == 0) { int fd = open(first, O_WRONLY | O_CREAT, 0666); put_text(fd, words[i + 2]); close(fd); i += 2; }
		else if (strcmp(word, "wait-file") == 0) { while (access(first, F_OK) != 0) pause_ms(5); i++; }
		else if (strcmp(word, "wait-pipe") == 0) { while (fcntl(1, F_GETPIPE_SZ) != atoi(first)) pause_ms(5); i++; }
		else if (strcmp(word, "fork-sleep") == 0) { if (fork() == 0) { pause_ms(atol(first)); _exit(0); } i++; }
		else if (strcmp(word, "setsid-sleep") == 0) { if (fork() == 0) { setsid(); pause_ms(atol(first)); _exit(0); } i++; }
		else if (strcmp(word, "orphan") == 0) { if (fork() == 0) { if (fork() == 0) { pause_ms(50); _exit(atoi(first)); } _exit(0); } i++; }
		else if (strcmp(word, "stray") == 0) { if (fork() == 0) { if (fork() == 0) { pause_ms(atol(first)); _exit(0); } _exit(0); } i++; }
		else if (strcmp(word, "daemon") == 0) { if (fork() == 0) { setsid(); if (fork() == 0) { pause_ms(atol(first)); _exit(0); } _exit(0); } i++; }
		else if (strcmp(word, "close-terminal") == 0) { signal(SIGHUP, SIG_IGN); close(0); close(1); close(2); }
		else if (strcmp(word, "become") == 0) { if (setuid((uid_t)atoi(words[++i])) != 0) return 96; }
		else return 97;
	}
	return 0;
}
