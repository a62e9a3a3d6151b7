/*
 * The daemon's launcher: runs programs for it, many at once, so that the daemon itself never forks. Requests come on stdin, answers go to
 * stdout, both framed. When the daemon goes, what runs is finished within its own time limit and then the launcher leaves: a CNI plugin
 * or runtime that is killed in its middle leaves what nobody finds again. Descriptor 3, if there, is a lock that lives as long as this.
 */
#include "launch.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "wire/frame.h"
#include "system/spawn.h"

enum {
	JOBS_MAX = 256,
	TERM_MS = 2000,           /* between SIGTERM and SIGKILL */
	LAUNCH_DRAIN_MS = 200,    /* for output that others still hold after the program's end */
	LAUNCH_READ = 64 * 1024,
	HELD_MAX = 4096,
};

struct job {
	struct job *next;
	uint16_t id;
	struct child child;
	int in, out, err;
	uint8_t *stdin_data;
	size_t stdin_size, stdin_at;
	uint64_t output_max, out_bytes, err_bytes;
	int64_t deadline_ms;      /* timeout, then SIGKILL, then the end of draining; 0: none */
	bool terminating, timed_out, cancelled;
	int poll_at;              /* of its pollfds in this turn */
	size_t held_size;
	uint8_t held[HELD_MAX];   /* frames that are sent with the last one: the daemon wakes once for a program that says little */
};

struct launcher {
	struct job *jobs;
	unsigned count;
	uint8_t *input;
	size_t have, capacity;
	bool input_ended;         /* no further request comes; answers are still sent */
	bool daemon_gone;         /* nobody reads them any more */
	uint8_t output[FRAME_HEADER + FRAME_PAYLOAD_SMALL];
};

/* What a RUN frame says; the strings live in the frame, the arrays are ours. */
struct request {
	const char *path, *directory;
	const char **arguments, **environment;
	const uint8_t *stdin_data;
	size_t stdin_size;
	uint32_t timeout_ms;
	uint64_t output_max;
};

static void send_bytes(struct launcher *l, const uint8_t *bytes, size_t size)
{
	if (!l->daemon_gone && write_all(STDOUT_FILENO, bytes, size) < 0)
		l->daemon_gone = true;
}

static void send_frame(struct launcher *l, enum frame_type type, uint16_t id, size_t size)
{
	frame_header(l->output, type, id, (uint32_t)size);
	send_bytes(l, l->output, FRAME_HEADER + size);
}

static void send_held(struct launcher *l, struct job *job)
{
	if (job->held_size > 0)
		send_bytes(l, job->held, job->held_size);
	job->held_size = 0;
}

/* The frame whose payload is in the output buffer: kept with the job's others while they fit, and in their order. */
static void hold_frame(struct launcher *l, struct job *job, enum frame_type type, size_t size)
{
	frame_header(l->output, type, job->id, (uint32_t)size);
	if (FRAME_HEADER + size > HELD_MAX - job->held_size)
		send_held(l, job);
	if (FRAME_HEADER + size > HELD_MAX) {
		send_bytes(l, l->output, FRAME_HEADER + size);
		return;
	}
	memcpy(job->held + job->held_size, l->output, FRAME_HEADER + size);
	job->held_size += FRAME_HEADER + size;
}

static void send_error(struct launcher *l, uint16_t id, enum error_code code, const char *words, const char *name)
{
	char *text = (char *)l->output + FRAME_HEADER;
	text[0] = (char)code;
	int length = snprintf(text + 1, 4096, "%s%s%s", words, name[0] != '\0' ? ": " : "", name);
	send_frame(l, FRAME_ERROR, id, 1 + (size_t)(length < 4096 ? length : 4095));
}

static const char **read_strings(struct reader *reader, const char *first)
{
	size_t count = (size_t)read_number(reader, 4), at = 0;
	if (reader->bad || count > reader->left)
		return NULL;
	const char **list = calloc(count + 2, sizeof *list);
	if (list == NULL)
		return NULL;
	if (first != NULL)
		list[at++] = first;
	for (size_t i = 0; i < count; i++)
		list[at++] = read_string(reader);
	return list;
}

static void free_request(struct request *request)
{
	free(request->arguments);
	free(request->environment);
}

static bool parse_run(const struct frame *frame, struct request *request)
{
	struct reader reader = {.at = frame->payload, .left = frame->length};
	request->timeout_ms = (uint32_t)read_number(&reader, 4);
	request->output_max = read_number(&reader, 8);
	request->path = read_string(&reader);
	request->directory = read_string(&reader);
	request->arguments = read_strings(&reader, request->path);
	request->environment = read_strings(&reader, NULL);
	request->stdin_size = (size_t)read_number(&reader, 4);
	request->stdin_data = reader.at;
	return !reader.bad && request->arguments != NULL && request->environment != NULL && request->stdin_size == reader.left;
}

static void free_job(struct job *job)
{
	close_fd(&job->in);
	close_fd(&job->out);
	close_fd(&job->err);
	child_forget(&job->child);
	free(job->stdin_data);
	free(job);
}

static int start_job(const struct request *request, struct job *job)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
	const struct spawn what = {
		.path = request->path, .arguments = (char *const *)(uintptr_t)request->arguments, .environment = (char *const *)(uintptr_t)request->environment,
		.directory = request->directory[0] != '\0' ? request->directory : NULL, .extra = -1, .die_with_parent = true,
	};
	if (request->stdin_size > 0) {
		job->stdin_data = malloc(request->stdin_size);
		if (job->stdin_data == NULL)
			return -ENOMEM;
		memcpy(job->stdin_data, request->stdin_data, request->stdin_size);
		job->stdin_size = request->stdin_size;
	}
	int result = pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0 ? -errno : 0;
	if (result == 0) {
		struct spawn full = what;
		full.in = in[0];
		full.out = out[1];
		full.err = err[1];
		result = spawn(&full, &job->child);
	}
	close_fd(&in[0]);
	close_fd(&out[1]);
	close_fd(&err[1]);
	job->in = in[1];
	job->out = out[0];
	job->err = err[0];
	if (job->stdin_size == 0)
		close_fd(&job->in);
	int ends[] = {job->in, job->out, job->err};
	for (int i = 0; i < 3; i++)
		if (ends[i] >= 0)
			fcntl(ends[i], F_SETFL, O_NONBLOCK);
	return result;
}

static void write_stdin(struct job *job)
{
	ssize_t n = write(job->in, job->stdin_data + job->stdin_at, job->stdin_size - job->stdin_at);
	if (n > 0)
		job->stdin_at += (size_t)n;
	if (job->stdin_at == job->stdin_size || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(&job->in);
}

static void run_job(struct launcher *l, const struct frame *frame)
{
	struct request request = {0};
	struct job *job = NULL;
	if (!parse_run(frame, &request))
		send_error(l, frame->id, ERROR_INVALID, "the request cannot be read", "");
	else if (l->count >= JOBS_MAX || (job = calloc(1, sizeof *job)) == NULL)
		send_error(l, frame->id, ERROR_EXHAUSTED, "too many programs are running", "");
	else {
		*job = (struct job){.id = frame->id, .in = -1, .out = -1, .err = -1, .child.pidfd = -1, .output_max = request.output_max, .deadline_ms = now_ms() + request.timeout_ms};
		int result = start_job(&request, job);
		if (result < 0) {
			bool missing = result == -ENOENT || result == -EACCES || result == -ENOEXEC || result == -ENOTDIR || result == -EISDIR;
			send_error(l, frame->id, missing ? ERROR_NOT_FOUND : result == -ETXTBSY ? ERROR_BUSY : ERROR_INTERNAL, strerror(-result), request.path);
			free_job(job);
		} else {
			job->next = l->jobs;
			l->jobs = job;
			l->count++;
			if (job->in >= 0)
				write_stdin(job);
		}
	}
	free_request(&request);
}

static void terminate(struct job *job)
{
	if (job->terminating || job->child.exited)
		return;
	job->terminating = true;
	job->deadline_ms = now_ms() + TERM_MS;
	kill(-job->child.pid, SIGTERM);
}

static void cancel_job(struct launcher *l, uint16_t id)
{
	for (struct job *job = l->jobs; job != NULL; job = job->next)
		if (job->id == id) {
			job->cancelled = true;
			terminate(job);
		}
}

/* Requests in the input buffer; the daemon that sends anything else is not ours any more. */
static void take_frames(struct launcher *l)
{
	size_t at = 0;
	struct frame frame;
	int result;
	while ((result = frame_parse(l->input + at, l->have - at, LAUNCH_PAYLOAD_MAX, &frame)) > 0) {
		if (frame.type == FRAME_RUN)
			run_job(l, &frame);
		else if (frame.type == FRAME_CANCEL)
			cancel_job(l, frame.id);
		at += FRAME_HEADER + frame.length;
	}
	if (result < 0)
		l->input_ended = true;
	l->have -= at;
	memmove(l->input, l->input + at, l->have);
}

static void read_input(struct launcher *l)
{
	if (l->capacity - l->have < LAUNCH_READ) {
		/* A frame is at most LAUNCH_PAYLOAD_MAX, so this grows to a few MiB and no further. */
		uint8_t *bigger = realloc(l->input, l->have + LAUNCH_READ * 2);
		if (bigger == NULL) {
			l->input_ended = true;
			return;
		}
		l->input = bigger;
		l->capacity = l->have + LAUNCH_READ * 2;
	}
	ssize_t n = read(STDIN_FILENO, l->input + l->have, LAUNCH_READ);
	if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN)) {
		l->input_ended = true;
		return;
	}
	l->have += n > 0 ? (size_t)n : 0;
	take_frames(l);
	if (l->have == 0) {
		free(l->input);
		l->input = NULL;
		l->capacity = 0;
	}
}

/* Takes what is there, up to the job's limit; the rest is read and dropped. False when nothing was there. */
static bool read_output(struct launcher *l, struct job *job, int *fd, uint64_t *sent, enum frame_type type)
{
	if (*fd < 0)
		return false;
	ssize_t n = read(*fd, l->output + FRAME_HEADER, FRAME_PAYLOAD_SMALL);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (n <= 0) {
		close_fd(fd);
		return false;
	}
	uint64_t room = job->output_max - *sent, take = (uint64_t)n < room ? (uint64_t)n : room;
	*sent += take;
	if (take > 0)
		hold_frame(l, job, type, (size_t)take);
	return true;
}

static void settle_job(struct job *job)
{
	int64_t now = now_ms();
	bool late = job->deadline_ms != 0 && now >= job->deadline_ms;
	if (!job->child.exited && wait_readable(job->child.pidfd, 0) > 0) {
		/* The group goes with a leader that was told to: before its id is free again. */
		if (job->terminating)
			kill(-job->child.pid, SIGKILL);
		(void)child_ended(&job->child);
		job->deadline_ms = now + LAUNCH_DRAIN_MS;
	} else if (!job->child.exited && late && job->terminating) {
		kill(-job->child.pid, SIGKILL);
		job->deadline_ms = 0;
	} else if (!job->child.exited && late) {
		job->timed_out = true;
		terminate(job);
	}
}

/* True when the job is over and its last frame sent. */
static bool finish_job(struct launcher *l, struct job *job)
{
	if (!job->child.exited || ((job->out >= 0 || job->err >= 0) && now_ms() < job->deadline_ms))
		return false;
	/* What the program itself wrote is all in the pipes: at most their size is taken now. */
	for (int i = 0; i < 64 && read_output(l, job, &job->out, &job->out_bytes, FRAME_STDOUT); i++)
		;
	for (int i = 0; i < 64 && read_output(l, job, &job->err, &job->err_bytes, FRAME_STDERR); i++)
		;
	int length = snprintf((char *)l->output + FRAME_HEADER, 256, "exit_code=%d\nsignal=%d\ntimed_out=%d\ncancelled=%d\n", job->child.code, job->child.signal, job->timed_out, job->cancelled);
	hold_frame(l, job, FRAME_RUN_EXIT, (size_t)length);
	send_held(l, job);
	return true;
}

static int64_t next_deadline(const struct launcher *l)
{
	int64_t deadline = 0;
	for (const struct job *job = l->jobs; job != NULL; job = job->next)
		if (job->deadline_ms != 0 && (deadline == 0 || job->deadline_ms < deadline))
			deadline = job->deadline_ms;
	return deadline;
}

static int wait_for_events(struct launcher *l, struct pollfd *polls)
{
	nfds_t count = 0;
	polls[count++] = (struct pollfd){.fd = l->input_ended ? -1 : STDIN_FILENO, .events = POLLIN};
	for (struct job *job = l->jobs; job != NULL; job = job->next) {
		job->poll_at = (int)count;
		polls[count++] = (struct pollfd){.fd = job->child.exited ? -1 : job->child.pidfd, .events = POLLIN};
		polls[count++] = (struct pollfd){.fd = job->in, .events = POLLOUT};
		polls[count++] = (struct pollfd){.fd = job->out, .events = POLLIN};
		polls[count++] = (struct pollfd){.fd = job->err, .events = POLLIN};
	}
	int64_t deadline = next_deadline(l), left = deadline == 0 ? -1 : deadline - now_ms();
	return poll(polls, count, deadline == 0 ? -1 : left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left);
}

static void serve_jobs(struct launcher *l, const struct pollfd *polls)
{
	for (struct job **link = &l->jobs; *link != NULL;) {
		struct job *job = *link;
		const struct pollfd *fired = &polls[job->poll_at];
		if (job->in >= 0 && fired[1].revents != 0)
			write_stdin(job);
		if (fired[2].revents != 0)
			read_output(l, job, &job->out, &job->out_bytes, FRAME_STDOUT);
		if (fired[3].revents != 0)
			read_output(l, job, &job->err, &job->err_bytes, FRAME_STDERR);
		settle_job(job);
		if (finish_job(l, job)) {
			*link = job->next;
			l->count--;
			free_job(job);
		} else {
			link = &job->next;
		}
	}
}

int launch_main(void)
{
	static const int ignored[] = {SIGHUP, SIGPIPE, SIGTERM, SIGINT, SIGQUIT};
	static BIG struct launcher l;
	static BIG struct pollfd polls[1 + JOBS_MAX * 4];
	for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
		signal(ignored[i], SIG_IGN);
	fcntl(STDIN_FILENO, F_SETFL, 0);
	fcntl(STDOUT_FILENO, F_SETFL, 0);
	fcntl(LOCK_FILENO, F_SETFD, FD_CLOEXEC);
	while (!l.input_ended || l.jobs != NULL) {
		if (wait_for_events(&l, polls) < 0 && errno != EINTR)
			return ERROR_INTERNAL;
		serve_jobs(&l, polls);
		if (!l.input_ended && polls[0].revents != 0)
			read_input(&l);
	}
	return 0;
}
