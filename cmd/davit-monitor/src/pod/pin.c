/*
 * Namespaces of a pod, kept by bind mounts on files. A child makes and configures them; the parent, which stays where it is, mounts.
 * The directory above the pods' is a shared mount of our own: a mount namespace that copies it lets go of ours when we do.
 */
#include "pin.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "wire/frame.h"
#include "netup.h"
#include "wire/options.h"
#include "pause.h"
#include "pinroot.h"
#include "sysctl.h"
#include "system/process.h"

enum { PIN_STEP_MS = 10 * 1000, PIN_NAMES = 5, LIST_MAX = 64 };

/* Files of a pod's directory, and where the namespace is found in the child. */
static const struct { const char *file, *link; int flag; } kinds[PIN_NAMES] = {
	{"net", "net", CLONE_NEWNET}, {"ipc", "ipc", CLONE_NEWIPC}, {"uts", "uts", CLONE_NEWUTS}, {"user", "user", CLONE_NEWUSER}, {"pid", "pid_for_children", CLONE_NEWPID},
};

struct pin {
	const char *directory, *hostname;
	bool net, ipc, uts, loopback, pause;
	struct option_list sysctls, uids, gids, cgroups;
	char *words[4][LIST_MAX];
	int64_t oom_score;
	int flags;
	int sync[2];           /* child: [1]; a byte each way per step */
	int ready[2];          /* pause's stdout */
	int release[2];        /* pause's stdin */
	pid_t child, pause_pid;
};

static int parse(struct pin *pin, char **arguments, struct error *error)
{
	const struct option table[] = {
		{"directory", OPTION_TEXT, &pin->directory}, {"hostname", OPTION_TEXT, &pin->hostname}, {"net", OPTION_FLAG, &pin->net}, {"ipc", OPTION_FLAG, &pin->ipc},
		{"uts", OPTION_FLAG, &pin->uts}, {"loopback", OPTION_FLAG, &pin->loopback}, {"pause", OPTION_FLAG, &pin->pause}, {"sysctl", OPTION_LIST, &pin->sysctls},
		{"uid-map", OPTION_LIST, &pin->uids}, {"gid-map", OPTION_LIST, &pin->gids}, {"cgroup", OPTION_LIST, &pin->cgroups}, {"oom-score", OPTION_NUMBER, &pin->oom_score}, {0},
	};
	int result = parse_options(arguments, table, error);
	if (result < 0)
		return result;
	if (pin->directory == NULL || pin->directory[0] != '/')
		return fail(error, 0, "pin: --directory must be an absolute path");
	pin->flags = (pin->net ? CLONE_NEWNET : 0) | (pin->ipc ? CLONE_NEWIPC : 0) | (pin->uts ? CLONE_NEWUTS : 0) | (pin->uids.count > 0 ? CLONE_NEWUSER : 0) | (pin->pause ? CLONE_NEWPID : 0);
	if (pin->hostname[0] != '\0' && !pin->uts)
		return fail(error, 0, "pin: --hostname needs --uts");
	if (pin->loopback && !pin->net)
		return fail(error, 0, "pin: --loopback needs --net");
	for (unsigned i = 0; i < pin->sysctls.count; i++)
		if ((result = sysctl_check(pin->sysctls.items[i], pin->flags, error)) < 0)
			return result;
	return 0;
}

/* The other side's next byte; anything else is the end of it. */
static bool await(int fd)
{
	char byte;
	return wait_readable(fd, PIN_STEP_MS) > 0 && read(fd, &byte, 1) == 1;
}

static bool tell(int fd)
{
	return send(fd, "k", 1, MSG_NOSIGNAL) == 1;
}

static int configure(const struct pin *pin, struct error *error)
{
	if (pin->loopback) {
		int result = loopback_up();
		if (result < 0)
			return fail(error, -result, "pin: bring up lo");
	}
	if (pin->hostname[0] != '\0' && sethostname(pin->hostname, strlen(pin->hostname)) < 0)
		return fail(error, errno, "pin: set host name \"%s\"", pin->hostname);
	for (unsigned i = 0; i < pin->sysctls.count; i++) {
		int result = sysctl_write(pin->sysctls.items[i]);
		if (result < 0)
			return fail(error, -result, "pin: set sysctl \"%s\"", pin->sysctls.items[i]);
	}
	return 0;
}

static int start_pause(struct pin *pin, struct error *error)
{
	if (unshare(CLONE_NEWPID) < 0)
		return fail(error, errno, "pin: unshare pid");
	pid_t pid = fork();
	if (pid < 0)
		return fail(error, errno, "pin: fork");
	if (pid == 0) {
		char name[] = PAUSE_NAME;
		char *const arguments[] = {name, NULL}, *const environment[] = {NULL};
		dup2(pin->release[0], STDIN_FILENO);
		dup2(pin->ready[1], STDOUT_FILENO);
		execve("/proc/self/exe", arguments, environment);
		_exit(127);
	}
	return send(pin->sync[1], &pid, sizeof pid, MSG_NOSIGNAL) == sizeof pid ? 0 : fail(error, EPIPE, "pin: pause");
}

/* In the child. Errors go to stderr; the parent sees that we end. */
static int make_namespaces(struct pin *pin)
{
	struct error error;
	int first = pin->flags & CLONE_NEWUSER, rest = pin->flags & ~(CLONE_NEWUSER | CLONE_NEWPID), result = 0;
	close_fd(&pin->sync[0]);
	close_fd(&pin->release[1]);
	close_fd(&pin->ready[0]);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (first != 0) {
		if (unshare(first) < 0)
			result = fail(&error, errno, "pin: unshare user");
		else if (!tell(pin->sync[1]) || !await(pin->sync[1]))
			return 1;
		else if (setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0)
			result = fail(&error, errno, "pin: become root of the user namespace");
		/* Changing ids clears it, and makes our /proc files foreign: both back. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_DUMPABLE, 1);
	}
	if (result == 0 && unshare(rest) < 0)
		result = fail(&error, errno, "pin: unshare namespaces");
	if (result == 0)
		result = configure(pin, &error);
	if (result == 0 && pin->pause)
		result = start_pause(pin, &error);
	if (result < 0) {
		dprintf(STDERR_FILENO, "%s", error.text);
		return 1;
	}
	(void)(tell(pin->sync[1]) && await(pin->sync[1]));
	return 0;
}

static int write_map(pid_t pid, const char *file, const struct option_list *map, struct error *error)
{
	char path[64], text[4096] = "";
	size_t have = 0;
	for (unsigned i = 0; i < map->count; i++) {
		int length = snprintf(text + have, sizeof text - have, "%s\n", map->items[i]);
		if (length < 0 || (size_t)length >= sizeof text - have)
			return fail(error, E2BIG, "pin: %s", file);
		have += (size_t)length;
	}
	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
	int result = write_file(path, text);
	return result < 0 ? fail(error, -result, "pin: write %s", file) : 0;
}

static int bind_namespaces(const struct pin *pin, struct error *error)
{
	for (int i = 0; i < PIN_NAMES; i++) {
		char source[64], target[PATH_MAX];
		if (!(pin->flags & kinds[i].flag))
			continue;
		snprintf(source, sizeof source, "/proc/%d/ns/%s", (int)pin->child, kinds[i].link);
		if (format_path(target, sizeof target, "%s/%s", pin->directory, kinds[i].file) < 0)
			return fail(error, ENAMETOOLONG, "pin: \"%s\"", pin->directory);
		cleanup_fd int fd = open(target, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
		if (fd < 0 || mount(source, target, NULL, MS_BIND, NULL) < 0)
			return fail(error, errno, "pin: bind \"%s\"", target);
	}
	return 0;
}

static long long start_time(pid_t pid)
{
	struct process process;
	return process_read(pid, &process) ? (long long)process.start : -1;
}

static int keep_pause(struct pin *pin, struct error *error)
{
	char path[PATH_MAX], text[64];
	if (!await(pin->ready[0]))
		return fail(error, 0, "pin: the pause process did not start");
	snprintf(text, sizeof text, "%lld", (long long)pin->oom_score);
	snprintf(path, sizeof path, "/proc/%d/oom_score_adj", (int)pin->pause_pid);
	/* A score below our own may be forbidden: ours is inherited then. */
	(void)write_file(path, text);
	enter_cgroups(pin->cgroups.items, pin->cgroups.count, pin->pause_pid);
	int length = snprintf(text, sizeof text, "%d %lld\n", (int)pin->pause_pid, start_time(pin->pause_pid));
	if (format_path(path, sizeof path, "%s/pause", pin->directory) < 0)
		return fail(error, ENAMETOOLONG, "pin: \"%s\"", pin->directory);
	cleanup_fd int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write_all(fd, text, (size_t)length) < 0)
		return fail(error, errno, "pin: write \"%s\"", path);
	return write_all(pin->release[1], "k", 1) < 0 ? fail(error, EPIPE, "pin: pause") : 0;
}

/* In the parent, step by step with the child; where it ends early it has said why. */
static int follow_child(struct pin *pin, struct error *error)
{
	int result;
	error->text[0] = '\0';
	close_fd(&pin->sync[1]);
	close_fd(&pin->release[0]);
	close_fd(&pin->ready[1]);
	if (pin->uids.count > 0) {
		if (!await(pin->sync[0]))
			return -ECHILD;
		if ((result = write_map(pin->child, "uid_map", &pin->uids, error)) < 0 || (result = write_map(pin->child, "gid_map", &pin->gids, error)) < 0)
			return result;
		if (!tell(pin->sync[0]))
			return -ECHILD;
	}
	if (pin->pause && (wait_readable(pin->sync[0], PIN_STEP_MS) <= 0 || recv(pin->sync[0], &pin->pause_pid, sizeof pin->pause_pid, MSG_WAITALL) != sizeof pin->pause_pid))
		return -ECHILD;
	if (!await(pin->sync[0]))
		return -ECHILD;
	if ((result = bind_namespaces(pin, error)) < 0)
		return result;
	if (pin->pause && (result = keep_pause(pin, error)) < 0)
		return result;
	return tell(pin->sync[0]) ? 0 : -ECHILD;
}

static int pin_namespaces(struct pin *pin, struct error *error)
{
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pin->sync) < 0 || pipe2(pin->ready, O_CLOEXEC) < 0 || pipe2(pin->release, O_CLOEXEC) < 0)
		return fail(error, errno, "pin: pipes");
	pin->child = fork();
	if (pin->child < 0)
		return fail(error, errno, "pin: fork");
	if (pin->child == 0)
		_exit(make_namespaces(pin));
	int result = follow_child(pin, error);
	if (result < 0)
		kill(pin->child, SIGKILL);
	waitpid(pin->child, NULL, 0);
	return result;
}

int pin_main(char **arguments)
{
	struct pin pin = {
		.hostname = "", .sync = {-1, -1}, .ready = {-1, -1}, .release = {-1, -1}, .sysctls = OPTION_ITEMS(pin.words[0]), .uids = OPTION_ITEMS(pin.words[1]),
		.gids = OPTION_ITEMS(pin.words[2]), .cgroups = OPTION_ITEMS(pin.words[3]),
	};
	struct error error;
	signal(SIGPIPE, SIG_IGN);
	if (parse(&pin, arguments, &error) < 0) {
		dprintf(STDERR_FILENO, "%s", error.text);
		return ERROR_INVALID;
	}
	int result = pinroot_add(pin.directory, &error);
	if (result == 0) {
		result = pin_namespaces(&pin, &error);
		if (result < 0) {
			struct error ignored;
			dprintf(STDERR_FILENO, "%s", error.text);
			(void)unpin(pin.directory, &ignored);
			return ERROR_INTERNAL;
		}
	}
	if (result < 0) {
		dprintf(STDERR_FILENO, "%s", error.text);
		return ERROR_INTERNAL;
	}
	dprintf(STDOUT_FILENO, "pause_pid=%d\n", (int)pin.pause_pid);
	return 0;
}

/* Ends the pause process that the file names, if it is still the same one. Its end is the end of everything in its pid namespace. */
static void end_pause(const char *path)
{
	char text[64];
	int pid;
	long long started;
	if (read_file(path, text, sizeof text) < 0 || sscanf(text, "%d %lld", &pid, &started) != 2 || pid < 2)
		return;
	cleanup_fd int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0 || start_time(pid) != started)
		return;
	syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
	(void)wait_readable(pidfd, PIN_STEP_MS);
}

int unpin(const char *directory, struct error *error)
{
	char path[PATH_MAX];
	if (format_path(path, sizeof path, "%s/pause", directory) < 0)
		return fail(error, ENAMETOOLONG, "unpin \"%s\"", directory);
	end_pause(path);
	unlink(path);
	for (int i = 0; i < PIN_NAMES; i++) {
		if (format_path(path, sizeof path, "%s/%s", directory, kinds[i].file) < 0)
			return fail(error, ENAMETOOLONG, "unpin \"%s\"", directory);
		while (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
			;
		if (unlink(path) < 0 && errno != ENOENT && errno != ENOTDIR)
			return fail(error, errno, "unpin \"%s\"", path);
	}
	return pinroot_remove(directory, error);
}

int unpin_main(char **arguments)
{
	struct error error;
	if (arguments[0] == NULL || arguments[0][0] != '/') {
		dprintf(STDERR_FILENO, "unpin: an absolute directory is needed");
		return ERROR_INVALID;
	}
	if (unpin(arguments[0], &error) < 0) {
		dprintf(STDERR_FILENO, "%s", error.text);
		return ERROR_INTERNAL;
	}
	return 0;
}
