/* The process that unpacks what strangers have packed: whatever it is made to do, it does inside one directory. */
#include "cage.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "system/io.h"

enum { PATHS_MAX = 16, CGROUPS_MAX = 16, OPEN_FILES_MAX = 4096, NICE = 5 };

/*
 * A little longer than the usual one, so that who wakes up is served first. Not much: who has had more than its share, as a daemon that reads what is pulled,
 * waits for a whole slice of ours.
 */
#define SLICE_NS ((uint64_t)3 * 1000 * 1000)

/* What the kernel calls sched_attr, as libc does not; its first version. */
struct scheduling {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

/* Far more than unpacking takes, far less than a node has. */
#define MEMORY_USUAL ((rlim_t)1 << 30)

#if defined __x86_64__
#define CAGE_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define CAGE_ARCH AUDIT_ARCH_AARCH64
#else
#error "cage: name the audit architecture of this machine"
#endif

struct cage {
	const char *seen[PATHS_MAX];
	unsigned seen_count;
	char *cgroups[CGROUPS_MAX];
	unsigned cgroup_count;
	rlim_t memory;
	const char *writable;
	char **program;
};

/* Always there, and never looked into by what we start: the new tree is built on it. */
static const char BUILD_PLACE[] = "/sys";

static int parse_size(const char *text, rlim_t *size)
{
	char *end;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0' || value == 0)
		return -EINVAL;
	*size = value;
	return 0;
}

static int parse(struct cage *cage, char **arguments)
{
	cage->memory = MEMORY_USUAL;
	for (; *arguments && strncmp(*arguments, "--", 2) == 0; arguments += 2) {
		if (!arguments[1])
			return -EINVAL;
		if (strcmp(*arguments, "--see") == 0 && cage->seen_count < PATHS_MAX)
			cage->seen[cage->seen_count++] = arguments[1];
		else if (strcmp(*arguments, "--cgroup") == 0 && cage->cgroup_count < CGROUPS_MAX)
			cage->cgroups[cage->cgroup_count++] = arguments[1];
		else if (strcmp(*arguments, "--memory") == 0 && parse_size(arguments[1], &cage->memory) == 0)
			continue;
		else if (strcmp(*arguments, "--write") == 0)
			cage->writable = arguments[1];
		else
			return -EINVAL;
	}
	cage->program = arguments;
	return cage->writable && *arguments ? 0 : -EINVAL;
}

/* Makes the directories on the way to `path`. */
static int make_parents(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		int result = mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;
		*slash = '/';
		if (result < 0)
			return result;
	}
	return 0;
}

/* A second name for a symlink, a file or a directory, without what is mounted below it. */
static int show(const char *path, unsigned long flags)
{
	char target[PATH_MAX], text[PATH_MAX];
	struct stat info;
	int result = format_path(target, sizeof target, "%s%s", BUILD_PLACE, path);
	if (result < 0)
		return result;
	if (lstat(path, &info) < 0)
		return errno == ENOENT ? 0 : -errno;
	if ((result = make_parents(target)) < 0)
		return result;
	if (S_ISLNK(info.st_mode)) {
		ssize_t length = readlink(path, text, sizeof text - 1);
		if (length < 0)
			return -errno;
		text[length] = '\0';
		return symlink(text, target) < 0 && errno != EEXIST ? -errno : 0;
	}
	if (S_ISDIR(info.st_mode) ? mkdir(target, 0755) < 0 && errno != EEXIST : mknod(target, S_IFREG | 0644, 0) < 0 && errno != EEXIST)
		return -errno;
	if (mount(path, target, NULL, MS_BIND, NULL) < 0 || mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | MS_NOSUID | MS_NODEV | flags, NULL) < 0)
		return -errno;
	return 0;
}

static int build_tree(const struct cage *cage, struct error *error)
{
	if (unshare(CLONE_NEWNS | CLONE_NEWIPC) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0
	    || mount("cage", BUILD_PLACE, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=64k,nr_inodes=128,mode=0755") < 0)
		return fail(error, errno, "make a file tree");
	int result = show("/proc", MS_RDONLY | MS_NOEXEC);
	if (result < 0)
		return fail(error, -result, "show /proc");
	for (unsigned i = 0; i < cage->seen_count; i++)
		if ((result = show(cage->seen[i], MS_RDONLY)) < 0)
			return fail(error, -result, "show %s", cage->seen[i]);
	if ((result = show(cage->writable, MS_NOEXEC)) < 0)
		return fail(error, -result, "show %s", cage->writable);
	if (chdir(BUILD_PLACE) < 0 || syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0 || chdir("/") < 0
	    || mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0)
		return fail(error, errno, "enter the file tree");
	return 0;
}

static int limit(int resource, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(resource, &now) < 0)
		return -errno;
	if (now.rlim_max > most)
		now.rlim_max = most;
	now.rlim_cur = now.rlim_max;
	return setrlimit(resource, &now) < 0 ? -errno : 0;
}

/* Memory is what the process has for itself (RLIMIT_DATA): pages of files do not count, so that the limit is right where the files lie in memory.
 * What an archive's owners, modes, devices and attributes take; SYS_ADMIN is for trusted.*, and the filter takes away most of the rest of it. */
static int drop_rights(rlim_t memory)
{
	static const int kept[] = {CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_SETFCAP, CAP_MKNOD, CAP_SYS_ADMIN};
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct sets[2];
	int result;
	for (int capability = 0; prctl(PR_CAPBSET_READ, capability) >= 0; capability++) {
		bool keep = false;
		for (unsigned i = 0; i < sizeof kept / sizeof *kept; i++)
			keep = keep || kept[i] == capability;
		if (!keep && prctl(PR_CAPBSET_DROP, capability) < 0)
			return -errno;
	}
	/* What is inheritable would survive the exec beside the bounding set. */
	if (syscall(SYS_capget, &header, sets) < 0)
		return -errno;
	sets[0].inheritable = sets[1].inheritable = 0;
	if (syscall(SYS_capset, &header, sets) < 0 || prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return -errno;
	if ((result = limit(RLIMIT_CORE, 0)) < 0 || (result = limit(RLIMIT_NOFILE, OPEN_FILES_MAX)) < 0 || (result = limit(RLIMIT_DATA, memory)) < 0)
		return result;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))
#define REFUSE(errno_value) RETURN(SECCOMP_RET_ERRNO | (errno_value))
#define DENY(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 1), REFUSE(EPERM)
/* Refused unless its first argument is our own process. */
#define ONLY_SELF(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, 4), LOAD(args[0]), \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, self, 1, 0), REFUSE(EPERM), RETURN(SECCOMP_RET_ALLOW)
#define NAMESPACES (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

/* No way to another mount, namespace, process, socket or to the kernel's inside. */
static int seal(void)
{
	const unsigned self = (unsigned)getpid();
	const struct sock_filter filter[] = {
		LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CAGE_ARCH, 1, 0), RETURN(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
#if defined __x86_64__
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1), RETURN(SECCOMP_RET_KILL_PROCESS), /* x32 */
#endif
		/* Its flags are in memory: libc takes clone instead. */
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1), REFUSE(ENOSYS),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4), LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 0, 1), REFUSE(EPERM), RETURN(SECCOMP_RET_ALLOW),
		ONLY_SELF(SYS_kill), ONLY_SELF(SYS_tgkill),
		DENY(SYS_tkill), DENY(SYS_rt_sigqueueinfo), DENY(SYS_rt_tgsigqueueinfo), DENY(SYS_pidfd_open), DENY(SYS_pidfd_getfd), DENY(SYS_pidfd_send_signal),
		DENY(SYS_ptrace), DENY(SYS_process_vm_readv), DENY(SYS_process_vm_writev), DENY(SYS_process_madvise), DENY(SYS_kcmp),
		DENY(SYS_mount), DENY(SYS_umount2), DENY(SYS_pivot_root), DENY(SYS_chroot), DENY(SYS_move_mount), DENY(SYS_open_tree), DENY(SYS_mount_setattr),
		DENY(SYS_fsopen), DENY(SYS_fsconfig), DENY(SYS_fsmount), DENY(SYS_fspick), DENY(SYS_unshare), DENY(SYS_setns), DENY(SYS_open_by_handle_at),
		DENY(SYS_socket), DENY(SYS_connect), DENY(SYS_bind), DENY(SYS_listen),
		DENY(SYS_bpf), DENY(SYS_perf_event_open), DENY(SYS_userfaultfd), DENY(SYS_io_uring_setup), DENY(SYS_fanotify_init), DENY(SYS_quotactl),
		DENY(SYS_init_module), DENY(SYS_finit_module), DENY(SYS_delete_module), DENY(SYS_kexec_load), DENY(SYS_reboot), DENY(SYS_swapon), DENY(SYS_swapoff), DENY(SYS_acct),
		DENY(SYS_sethostname), DENY(SYS_setdomainname), DENY(SYS_settimeofday), DENY(SYS_clock_settime), DENY(SYS_add_key), DENY(SYS_request_key), DENY(SYS_keyctl), DENY(SYS_syslog),
		RETURN(SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = (struct sock_filter *)filter};
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0 ? -errno : 0;
}

/*
 * Its share of the processors is its cgroup's, but it gives way at once to what wakes up: a process of a long slice is interrupted by those of a shorter one
 * (Linux 6.12; without it they wait for the next tick, up to 4 ms each time), and a batch process interrupts nobody.
 */
static void give_way(void)
{
	struct scheduling scheduling = {.size = sizeof scheduling, .policy = SCHED_BATCH, .nice = NICE, .runtime = SLICE_NS};
	if (syscall(SYS_sched_setattr, 0, &scheduling, 0) < 0)
		(void)!nice(NICE);
}

static int enter(struct cage *cage, struct error *error)
{
	int result;
	enter_cgroups(cage->cgroups, cage->cgroup_count, 0);
	give_way();
	if ((result = build_tree(cage, error)) < 0)
		return result;
	if ((result = drop_rights(cage->memory)) < 0)
		return fail(error, -result, "drop rights");
	if ((result = seal()) < 0)
		return fail(error, -result, "seal");
	execv(cage->program[0], cage->program);
	return fail(error, errno, "execute %s", cage->program[0]);
}

int cage_main(char **arguments)
{
	static BIG struct cage cage;
	static BIG struct error error;
	if (parse(&cage, arguments) < 0)
		fail(&error, 0, "usage: davit-monitor cage [--cgroup DIR]... [--see PATH]... [--memory BYTES] --write DIR PROGRAM ARGUMENT...");
	else
		enter(&cage, &error);
	dprintf(STDERR_FILENO, "cage: %s\n", error.text);
	return 1;
}
