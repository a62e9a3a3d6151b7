/* `<runtime> create`, under a time limit, and the way back when it fails. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include "monitor.h"

static const char *create_verb(const struct monitor *m)
{
	return m->config->restore ? "restore" : "create";
}

static int start_runtime(struct monitor *m, const char *pid_path, const char *console_path, struct child *runtime)
{
	const struct config *config = m->config;
	const struct runtime_call call = {
		.verb = create_verb(m), .options = {"--bundle", config->bundle, "--pid-file", pid_path, config->terminal ? "--console-socket" : NULL, console_path},
		.more = config->create_arguments.items, .more_count = config->create_arguments.count, .streams = &m->plumbing,
	};
	return runtime_spawn(m, &call, runtime);
}

/* The pty, once the runtime has come and sent it. */
static int take_console(struct monitor *m, int *connection, struct error *error)
{
	int *console = &m->plumbing.console;
	if (*connection < 0)
		*connection = accept4(*console, NULL, NULL, SOCK_CLOEXEC);
	int master = *connection < 0 ? -errno : console_receive(*connection);
	if (master == -EAGAIN)
		return 0;
	close_fd(connection);
	close_fd(console);
	/* A runtime that fails goes without sending one: its own words come when it has ended. */
	if (master < 0 && master != -EPROTO)
		return fail(error, -master, "%s %s: console socket", m->config->runtime, create_verb(m));
	m->streams[0].fd = master;
	return 0;
}

/* Until the runtime has ended: takes the pty when it comes, gives up at the deadline or when nobody waits for us any more. */
static int await_runtime(struct monitor *m, struct child *runtime, struct error *error)
{
	cleanup_fd int connection = -1;
	int64_t deadline = now_ms() + m->config->create_timeout_ms;
	for (bool ended = false; !ended;) {
		/* First: what it sent before its end is there then. */
		ended = child_ended(runtime);
		struct pollfd polls[] = {{.fd = runtime->pidfd, .events = POLLIN}, {.fd = m->report}, {.fd = connection >= 0 ? connection : m->plumbing.console, .events = POLLIN}};
		int64_t left = ended ? 0 : deadline - now_ms();
		if (!ended && left <= 0)
			return fail(error, ETIMEDOUT, "%s %s: no end after %lld ms", m->config->runtime, create_verb(m), (long long)m->config->create_timeout_ms);
		if (poll(polls, 3, (int)left) < 0 && errno != EINTR)
			return fail(error, errno, "poll");
		if (polls[1].revents & POLLERR)
			return fail(error, ECANCELED, "%s", create_verb(m));
		if (polls[2].revents != 0 && take_console(m, &connection, error) < 0)
			return -1;
	}
	return 0;
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

static void keep_our_ends(struct monitor *m)
{
	struct plumbing *p = &m->plumbing;
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
	const struct run_path pid = run_path(m, "pid"), console = run_path(m, "tty");
	struct child runtime = {.pidfd = -1};
	unlink(pid.text);
	int result = open_plumbing(&m->plumbing, m->config->terminal, m->config->with_stdin, console.text);
	if (result < 0)
		return fail(error, -result, "create: pipes");
	if ((result = start_runtime(m, pid.text, console.text, &runtime)) < 0)
		return fail(error, -result, "execute \"%s\"", m->config->runtime);
	/* A first write to cgroup.procs waits some milliseconds for the kernel: it does so while the runtime works. */
	enter_cgroups(m->config->cgroups.items, m->config->cgroups.count, 0);
	result = await_runtime(m, &runtime, error);
	if (result < 0)
		tree_kill(&m->clients[0].exec.killing, runtime.pid, 0, 0, 0);
	child_kill(&runtime, KILL_WAIT_MS);
	child_forget(&runtime);
	if (m->config->terminal)
		unlink(console.text);
	/* Also after a failure: a process that was made must not stay. */
	int adopted = adopt_from_file(pid.text, &m->container);
	unlink(pid.text);
	if (result < 0)
		return result;
	if (runtime.code != 0)
		return runtime_failure(m, runtime.code, m->plumbing.err[0], error);
	if (adopted < 0)
		return fail(error, -adopted, "%s %s: pid file \"%s\"", m->config->runtime, create_verb(m), pid.text);
	if (m->config->terminal && m->streams[0].fd < 0)
		return fail(error, 0, "%s %s: sent no terminal", m->config->runtime, create_verb(m));
	keep_our_ends(m);
	close_plumbing(&m->plumbing);
	if (m->config->restore) {
		m->state = STATE_RUNNING;
		m->record.started_ns = wall_ns();
	}
	oom_begin(m->oom, &m->buffers->cgroup_mount, m->container.pid);
	return keep_container(m, error);
}

void undo_create(struct monitor *m)
{
	child_kill(&m->container, KILL_WAIT_MS);
	if (m->listener >= 0) {
		/* Only where we came as far as owning the directory; another monitor's container of that id is not ours. */
		runtime_delete(m);
		remove_files(m);
	}
	if (m->exit_file.fd >= 0)
		unlink(m->exit_file.path);
	rmdir(m->directory);
}
