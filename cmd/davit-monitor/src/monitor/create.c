/* `<runtime> create` with its pipes or pty, under a time limit, and the way back when it fails. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include "monitor.h"

struct plumbing {
	int in[2], out[2], err[2];   /* pipes: reader, writer */
	int console;
};

static void close_plumbing(struct plumbing *p)
{
	for (int i = 0; i < 2; i++) {
		close_fd(&p->in[i]);
		close_fd(&p->out[i]);
		close_fd(&p->err[i]);
	}
	close_fd(&p->console);
}

int open_pipe(int pipe[2], int our_end)
{
	/* A process that is not root opens /dev/stdout anew: that needs the mode of the pipe's inode. */
	if (pipe2(pipe, O_CLOEXEC) < 0 || fchmod(pipe[0], 0666) < 0 || fcntl(pipe[our_end], F_SETFL, O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

int open_lasting_pipe(int pipe[2])
{
	char path[32];
	int result = open_pipe(pipe, 0);
	if (result < 0 || format_path(path, sizeof path, "/proc/self/fd/%d", pipe[1]) < 0)
		return result;
	int both = open(path, O_RDWR | O_CLOEXEC);
	if (both < 0)
		return -errno;
	close(pipe[1]);
	pipe[1] = both;
	return 0;
}

bool grow_pipe(int fd, int wanted)
{
	int size = fcntl(fd, F_GETPIPE_SZ);
	return size >= 0 && size < wanted && fcntl(fd, F_SETPIPE_SZ, wanted) >= 0;
}

static int open_plumbing(struct monitor *m, struct plumbing *p, const char *console_path, struct error *error)
{
	int result = 0;
	for (unsigned i = 0; i < 2; i++) {
		p->out[i] = steal_fd(&m->out_pipe[i]);
		p->err[i] = steal_fd(&m->err_pipe[i]);
	}
	if (m->config->terminal)
		result = p->console = console_listen(console_path);
	if (result >= 0 && m->config->with_stdin && !m->config->terminal)
		result = open_pipe(p->in, 1);
	return result < 0 ? fail(error, -result, "create: pipes") : 0;
}

static const char *create_verb(const struct monitor *m)
{
	return m->config->restore ? "restore" : "create";
}

static int start_runtime(struct monitor *m, const struct plumbing *p, const char *pid_path, const char *console_path, struct child *runtime)
{
	const char *arguments[ARGUMENTS_MAX];
	unsigned count = runtime_arguments(m, arguments, create_verb(m));
	const char *fixed[] = {"--bundle", m->config->bundle, "--pid-file", pid_path, m->config->terminal ? "--console-socket" : NULL, console_path};
	for (unsigned i = 0; i < 6 && fixed[i] != NULL; i++)
		arguments[count++] = fixed[i];
	for (unsigned i = 0; i < m->config->create_arguments.count; i++)
		arguments[count++] = m->config->create_arguments.items[i];
	arguments[count++] = m->config->id;
	arguments[count] = NULL;
	int out = m->config->terminal ? p->err[1] : p->out[1];
	return runtime_spawn(m, arguments, p->in[0] >= 0 ? p->in[0] : 0, out, p->err[1], NULL, runtime);
}

/* Until the runtime has ended: takes the pty when it comes, gives up at the deadline or when nobody waits for us any more. */
static int await_runtime(struct monitor *m, struct plumbing *p, struct child *runtime, struct error *error)
{
	int64_t deadline = now_ms() + m->config->create_timeout_ms;
	while (!child_ended(runtime)) {
		struct pollfd polls[] = {{.fd = runtime->pidfd, .events = POLLIN}, {.fd = m->report}, {.fd = p->console, .events = POLLIN}};
		int64_t left = deadline - now_ms();
		if (left <= 0)
			return fail(error, ETIMEDOUT, "%s %s: no end after %lld ms", m->config->runtime, create_verb(m), (long long)m->config->create_timeout_ms);
		if (poll(polls, 3, (int)left) < 0 && errno != EINTR)
			return fail(error, errno, "poll");
		if (polls[1].revents & POLLERR)
			return fail(error, ECANCELED, "%s", create_verb(m));
		if (polls[2].revents & POLLIN) {
			int master = console_accept(p->console);
			close_fd(&p->console);
			/* A runtime that fails goes without sending one: its own words come when it has ended. */
			if (master < 0 && master != -EPROTO)
				return fail(error, -master, "%s %s: console socket", m->config->runtime, create_verb(m));
			m->streams[0].fd = master;
		}
	}
	return 0;
}

static void runtime_words(struct monitor *m, int fd, int code, struct error *error)
{
	ssize_t n = read(fd, m->buffers->scratch, sizeof error->text - 128);
	size_t size = n > 0 ? (size_t)n : 0;
	while (size > 0 && m->buffers->scratch[size - 1] == '\n')
		size--;
	(void)fail(error, 0, "exit code %d: %.*s", code, (int)size, m->buffers->scratch);
}

int adopt_from_file(const char *path, struct child *child)
{
	char text[32];
	int64_t pid;
	ssize_t length = read_file(path, text, sizeof text);
	if (length < 0)
		return (int)length;
	text[strcspn(text, "\n")] = '\0';
	int result = parse_number(text, 2, INT32_MAX, &pid);
	return result < 0 ? result : adopt((pid_t)pid, child);
}

static void keep_our_ends(struct monitor *m, struct plumbing *p)
{
	if (m->config->terminal) {
		m->stdin_fd = m->config->with_stdin ? fcntl(m->streams[0].fd, F_DUPFD_CLOEXEC, 3) : -1;
		return;
	}
	/* What the runtime itself had to say is not the container's output. One that is restored may have said something already. */
	while (!m->config->restore && read(p->err[0], m->buffers->scratch, sizeof m->buffers->scratch) > 0)
		;
	m->streams[0].fd = steal_fd(&p->out[0]);
	m->streams[1].fd = steal_fd(&p->err[0]);
	m->stdin_fd = steal_fd(&p->in[1]);
}

int create_container(struct monitor *m, struct error *error)
{
	__attribute__((cleanup(close_plumbing))) struct plumbing p = {{-1, -1}, {-1, -1}, {-1, -1}, -1};
	char pid_path[PATH_MAX], console_path[PATH_MAX];
	struct child runtime = {.pidfd = -1};
	if (format_path(pid_path, sizeof pid_path, "%s/pid", m->directory) < 0 || format_path(console_path, sizeof console_path, "%s/tty", m->directory) < 0)
		return fail(error, ENAMETOOLONG, "create: \"%s\"", m->directory);
	unlink(pid_path);
	int result = open_plumbing(m, &p, console_path, error);
	if (result < 0)
		return result;
	if ((result = start_runtime(m, &p, pid_path, console_path, &runtime)) < 0)
		return fail(error, -result, "execute \"%s\"", m->config->runtime);
	/* A first write to cgroup.procs waits some milliseconds for the kernel: it does so while the runtime works. */
	enter_cgroups(m->config->cgroups.items, m->config->cgroups.count, 0);
	result = await_runtime(m, &p, &runtime, error);
	if (result < 0)
		tree_kill(&m->clients[0].exec.killing, runtime.pid, 0, 0, 0);
	child_kill(&runtime, KILL_WAIT_MS);
	child_forget(&runtime);
	if (m->config->terminal)
		unlink(console_path);
	/* Also after a failure: a process that was made must not stay. */
	int adopted = adopt_from_file(pid_path, &m->container);
	unlink(pid_path);
	if (result < 0)
		return result;
	if (runtime.code != 0) {
		runtime_words(m, p.err[0], runtime.code, error);
		return -ECHILD;
	}
	if (adopted < 0)
		return fail(error, -adopted, "%s %s: pid file \"%s\"", m->config->runtime, create_verb(m), pid_path);
	if (m->config->terminal && m->streams[0].fd < 0)
		return fail(error, 0, "%s %s: sent no terminal", m->config->runtime, create_verb(m));
	keep_our_ends(m, &p);
	if (m->config->restore) {
		m->state = STATE_RUNNING;
		m->record.started_ns = wall_ns();
	}
	oom_begin(m->oom, &m->buffers->cgroup_mount, m->container.pid);
	return keep_container(m, error);
}

static void delete_container(struct monitor *m)
{
	const char *arguments[ARGUMENTS_MAX];
	struct child child;
	unsigned count = runtime_arguments(m, arguments, "delete");
	arguments[count++] = "--force";
	arguments[count++] = m->config->id;
	arguments[count] = NULL;
	if (runtime_spawn(m, arguments, 0, 1, 2, NULL, &child) < 0)
		return;
	(void)wait_readable(child.pidfd, DELETE_MS);
	child_kill(&child, KILL_WAIT_MS);
}

void undo_create(struct monitor *m)
{
	child_kill(&m->container, KILL_WAIT_MS);
	if (m->listener >= 0) {
		/* Only where we came as far as owning the directory; another monitor's container of that id is not ours. */
		delete_container(m);
		remove_files(m);
	}
	if (m->exit_file.fd >= 0)
		unlink(m->exit_file.path);
	rmdir(m->directory);
}
