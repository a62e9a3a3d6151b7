/* From the command line to a detached monitor whose container is created. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "monitor.h"

enum { REPORT_SLACK_MS = 30 * 1000, REPORT_MAX = 5000, VERB_WORDS = 2, CREATE_DEFAULT_MS = 120 * 1000 };

static int check_log(const struct log_options *log, struct error *error)
{
	if (log->line_max < 1 || log->line_max > LOG_LINE_MAX)
		return fail(error, 0, "run: --line-max must be in [1, %d]", LOG_LINE_MAX);
	if (log->size_max != 0 && log->size_max < LOG_SIZE_MIN)
		return fail(error, 0, "run: --log-size-max must be 0 or at least %d", LOG_SIZE_MIN);
	if (log->files_max < 1 || log->lines_per_second < 0 || log->bytes_per_second < 0)
		return fail(error, 0, "run: --log-files-max must be positive, rates at least 0");
	return 0;
}

static int parse_config(struct config *config, char **arguments, struct error *error)
{
	const struct option table[] = {
		{"id", OPTION_TEXT, &config->id}, {"token", OPTION_TEXT, &config->token}, {"run-dir", OPTION_TEXT, &config->run_dir}, {"bundle", OPTION_TEXT, &config->bundle},
		{"exit-record", OPTION_TEXT, &config->exit_record}, {"log", OPTION_TEXT, &config->log.path}, {"runtime", OPTION_TEXT, &config->runtime},
		{"runtime-arg", OPTION_LIST, &config->runtime_arguments}, {"create-arg", OPTION_LIST, &config->create_arguments}, {"cgroup", OPTION_LIST, &config->cgroups},
		{"restore", OPTION_FLAG, &config->restore}, {"terminal", OPTION_FLAG, &config->terminal}, {"stdin", OPTION_FLAG, &config->with_stdin}, {"stdin-once", OPTION_FLAG, &config->stdin_once},
		{"timeout-ms", OPTION_NUMBER, &config->create_timeout_ms}, {"line-max", OPTION_NUMBER, &config->log.line_max}, {"log-size-max", OPTION_NUMBER, &config->log.size_max},
		{"log-files-max", OPTION_NUMBER, &config->log.files_max}, {"log-lines-per-second", OPTION_NUMBER, &config->log.lines_per_second},
		{"log-bytes-per-second", OPTION_NUMBER, &config->log.bytes_per_second}, {"log-block-when-full", OPTION_FLAG, &config->log.block_when_full}, {0},
	};
	*config = (struct config){
		.log = {.path = "", .line_max = LOG_LINE_DEFAULT, .files_max = 1}, .token = "", .create_timeout_ms = CREATE_DEFAULT_MS,
		.runtime_arguments = OPTION_ITEMS(config->words[0]), .create_arguments = OPTION_ITEMS(config->words[1]), .cgroups = OPTION_ITEMS(config->words[2]),
	};
	int result = parse_options(arguments, table, error);
	if (result < 0)
		return result;
	if (config->id == NULL || config->run_dir == NULL || config->bundle == NULL || config->exit_record == NULL || config->runtime == NULL)
		return fail(error, 0, "run: --id, --run-dir, --bundle, --exit-record and --runtime are needed");
	if (config->id[0] == '\0' || config->id[0] == '-' || config->id[0] == '.' || strlen(config->id) > 100 || strpbrk(config->id, "/\n") != NULL)
		return fail(error, 0, "run: \"%s\" is not a container id", config->id);
	if (config->create_timeout_ms < 1 || config->create_timeout_ms > INT32_MAX)
		return fail(error, 0, "run: --timeout-ms must be positive");
	return check_log(&config->log, error);
}

static void on_child_signal(int number)
{
	/* Its only effect is that ppoll() returns; the loop then reaps. */
	(void)number;
}

static void detach(void)
{
	setsid();
	static const int ignored[] = {SIGHUP, SIGPIPE, SIGTERM, SIGINT, SIGQUIT};
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	sigset_t block;
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigprocmask(SIG_SETMASK, &block, NULL);
	sigaction(SIGCHLD, &(struct sigaction){.sa_handler = on_child_signal}, NULL);
	umask(022);
	(void)!chdir("/");
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = 0; null >= 0 && fd < 3; fd++)
		dup2(null, fd);
	close_fd(&null);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_DUMPABLE, 0);
}

/* The directory of this monitor; what a dead monitor of the same id has left in it is cleared away. */
static int make_directory(struct monitor *m, struct error *error)
{
	if (format_path(m->directory, sizeof m->directory, "%s/%s", m->config->run_dir, m->config->id) < 0)
		return fail(error, ENAMETOOLONG, "run directory \"%s\"", m->config->run_dir);
	if (mkdir(m->directory, 0700) < 0 && errno != EEXIST)
		return fail(error, errno, "mkdir \"%s\"", m->directory);
	return 0;
}

struct run_path run_path(const struct monitor *m, const char *name)
{
	struct run_path path;
	(void)format_path(path.text, sizeof path.text, "%s/%s", m->directory, name);
	return path;
}

static int prepare(struct monitor *m, struct error *error)
{
	const struct config *config = m->config;
	int result = make_directory(m, error);
	if (result < 0 || (result = clients_listen(m, error)) < 0)
		return result;
	if ((result = log_open(&m->log, &config->log, m->buffers->log)) < 0)
		return fail(error, -result, "open log \"%s\"", config->log.path);
	if (m->adopting)
		log_mend(&m->log);
	result = m->adopting ? exit_reopen(&m->exit_file, config->exit_record) : exit_reserve(&m->exit_file, config->exit_record);
	if (result < 0)
		return fail(error, -result, "reserve exit record \"%s\"", config->exit_record);
	return m->adopting ? adopt_container(m, error) : create_container(m, error);
}

static void report(struct monitor *m, char verdict, const char *text)
{
	(void)write_all(m->report, &verdict, 1);
	(void)write_all(m->report, text, strlen(text));
	close_fd(&m->report);
}

static void initialize(struct monitor *m)
{
	m->plumbing = (struct plumbing)NO_PLUMBING;
	m->listener = m->stdin_fd = m->container.pidfd = m->exit_file.fd = -1;
	m->streams[0] = (struct stream){.fd = -1, .name = "stdout", .buffer = m->buffers->stream[0]};
	m->streams[1] = (struct stream){.fd = -1, .name = "stderr", .buffer = m->buffers->stream[1]};
	m->record.reason = "";
}

/*
 * What takes looks into /proc/self is done by the process that starts the monitor: what the kernel keeps of such a look goes with the
 * process that took it, and the monitor stays for the container's life. Its score, which it inherits, is never touched again.
 */
static __attribute__((noinline)) int prepare_start(struct monitor *m)
{
	initialize(m);
	cgroup_mount_find(&m->buffers->cgroup_mount);
	if (read_file("/proc/self/oom_score_adj", m->own_oom_score, sizeof m->own_oom_score) < 0)
		m->own_oom_score[0] = '\0';
	(void)write_file("/proc/self/oom_score_adj", MONITOR_OOM_SCORE);
	if (m->adopting)
		return 0;
	int result = open_lasting_pipe(m->plumbing.err);
	return result == 0 && !m->config->terminal ? open_lasting_pipe(m->plumbing.out) : result;
}

/* Not inlined: its stack is given back to the kernel once the loop runs. */
static __attribute__((noinline)) int begin(struct monitor *m)
{
	struct error error = {{0}};
	char text[64];
	detach();
	int result = prepare(m, &error);
	if (result < 0) {
		enum error_code code = result == -ETIMEDOUT ? ERROR_DEADLINE : result == -EEXIST ? ERROR_PRECONDITION : result == -ECHILD ? ERROR_RUNTIME
			: m->adopting && (result == -ESRCH || result == -EALREADY) ? ERROR_NOT_FOUND : ERROR_INTERNAL;
		if (m->adopting)
			clients_forget(m);
		else
			undo_create(m);
		report(m, (char)('0' + code), error.text);
		return result;
	}
	snprintf(text, sizeof text, "monitor_pid=%d\ncontainer_pid=%d\n", (int)getpid(), (int)m->container.pid);
	report(m, '0', text);
	return 0;
}

/* The process that was asked to start a monitor waits for its word: '0' and two pids, or an error code and words. */
static __attribute__((noinline)) int await_report(int fd, int64_t timeout_ms)
{
	char text[REPORT_MAX + 1];
	size_t have = 0;
	int64_t deadline = now_ms() + timeout_ms;
	while (have < REPORT_MAX) {
		int64_t left = deadline - now_ms();
		int ready = wait_readable(fd, left > 0 ? left : 0);
		ssize_t n = ready > 0 ? read(fd, text + have, REPORT_MAX - have) : -1;
		if (n <= 0)
			break;
		have += (size_t)n;
	}
	text[have] = '\0';
	if (have == 0) {
		dprintf(STDERR_FILENO, "the monitor ended or hung before the container was created");
		return ERROR_INTERNAL;
	}
	dprintf(text[0] == '0' ? STDOUT_FILENO : STDERR_FILENO, "%s", text + 1);
	return text[0] - '0';
}

static __attribute__((noinline)) int read_config(struct config *config, char **arguments)
{
	struct error error;
	int result = parse_config(config, arguments, &error);
	if (result < 0)
		dprintf(STDERR_FILENO, "%s", error.text);
	return result;
}

static int run(void *what)
{
	struct monitor *m = what;
	close(m->asker);
	return begin(what) < 0 ? ERROR_INTERNAL : monitor_loop(what);
}

/* `skipped`: words before the options. */
static int start(struct monitor *m, char **arguments, unsigned skipped)
{
	int pipe[2];
	arguments = idle_keep(m->stack, arguments);
	m->arguments = arguments + skipped;
	if (arguments == NULL || read_config(m->config, m->arguments) < 0)
		return ERROR_INVALID;
	int result = prepare_start(m);
	if (result == 0 && pipe2(pipe, O_CLOEXEC) < 0)
		result = -errno;
	if (result == 0) {
		m->asker = pipe[0];
		m->report = pipe[1];
		result = idle_start(arguments, run, m);
	}
	if (result < 0) {
		dprintf(STDERR_FILENO, "start a monitor: %s", strerror(-result));
		return ERROR_INTERNAL;
	}
	close(pipe[1]);
	close_plumbing(&m->plumbing);
	return await_report(pipe[0], m->config->create_timeout_ms + REPORT_SLACK_MS);
}

int monitor_main(struct monitor *m, char **arguments)
{
	return start(m, arguments, VERB_WORDS);
}

/* Who has the terminal, if anybody has. */
static bool read_holder(struct monitor *m, char **words)
{
	int64_t pid = 0, fd = 0;
	if (words[0] != NULL && (words[1] == NULL || parse_number(words[0], 1, INT32_MAX, &pid) < 0 || parse_number(words[1], 0, INT32_MAX, &fd) < 0))
		return false;
	m->terminal_holder = (int)pid;
	m->terminal_fd = (int)fd;
	return true;
}

int monitor_adopt_main(struct monitor *m, char **arguments)
{
	struct error error = {{0}};
	char *kept[ARGUMENTS_MAX + 1];
	if (arguments[0] == NULL || !read_holder(m, arguments + 1)) {
		dprintf(STDERR_FILENO, "adopt: DIRECTORY [PID DESCRIPTOR] is needed");
		return ERROR_INVALID;
	}
	if (kept_arguments(arguments[0], m->buffers->scratch, sizeof m->buffers->scratch, kept, &error) < 0) {
		dprintf(STDERR_FILENO, "%s", error.text);
		return ERROR_NOT_FOUND;
	}
	m->adopting = true;
	return start(m, kept, 0);
}
