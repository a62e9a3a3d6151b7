/* The state of one monitor, and what its parts offer each other. */
#pragma once
#include <limits.h>
#include <poll.h>
#include "exit.h"
#include "wire/frame.h"
#include "idle.h"
#include "log.h"
#include "oom.h"
#include "wire/options.h"
#include "system/process.h"
#include "system/spawn.h"
#include "system/tree.h"

enum {
	CLIENTS_MAX = 128,                /* connections at once */
	REFUSED_MAX = 8,                  /* further ones that are told so; those behind wait for them to go */
	SLOTS = CLIENTS_MAX + REFUSED_MAX,
	ACCEPT_RETRY_MS = 200,            /* the listener rests so long when the system has no descriptor for a connection */
	SESSIONS_MAX = 120,               /* of them, execs and attached clients: room is kept for the daemon's own connection */
	CLIENT_IN = FRAME_HEADER + FRAME_PAYLOAD_MAX,
	CLIENT_OUT = FRAME_HEADER + FRAME_PAYLOAD_MAX + 4096,  /* a full frame of output and a few short answers */
	SEND_BUFFER = 1024 * 1024,        /* of an attach or a big exec: what a slow attach client may be behind before it is given up */
	GIVE_UP_MS = 5000,                /* for a client that is told to go to read its last words */
	PIPE_SIZE = 64 * 1024,            /* the kernel's default */
	STREAM_PIPE_SIZE = 256 * 1024,    /* of a container that writes much, until it is idle */
	EXEC_SPEC_MAX = 1024 * 1024,
	EXEC_EXTRA_MAX = 16,
	EXEC_LAUNCH_MS = 60 * 1000,       /* for the runtime to start an exec that has no timeout of its own */
	EXEC_PIPE_SIZE = 1024 * 1024,     /* of an exec that moves much, or may, since its client can take the pipes */
	EXEC_DRAIN_MS = 100,              /* for output that a grandchild may still write after the exec has ended */
	CONSOLE_MS = 2 * 1000,            /* for the terminal of an exec, once its runtime has come with it: meanwhile all else waits */
	START_MS = 60 * 1000,
	START_ALONE_MS = 2 * 1000,        /* what the start of a container that has ended gets: crun waits for its first process for ever */
	DELETE_MS = 10 * 1000,
	KILL_WAIT_MS = 2000,              /* for a killed process to be gone */
	KILL_TICK_MS = 5,
	DRAIN_MS = 200,                   /* for output after the container's end, when somebody else holds the pipe */
	PTY_RETRY_MS = 250,               /* a pty with no open slave is looked at again after this */
	TRIM_MS = 5000,                   /* idle time after which touched buffers go back to the kernel */
	READS_A_TURN = 4,
	ARGUMENTS_MAX = 256,              /* of a monitor: more than all options together can be */
	RUNTIME_OPTIONS_MAX = 8,
	NULL_FILENO = 0,                  /* stdin, stdout and stderr are /dev/null, for reading and writing */
	LIST_MAX = 24,                    /* of the options that may be given more than once: more than there are cgroup hierarchies */
	SOURCES_MAX = 8 + SLOTS * 6,
	SOURCES_FEW = 16,                 /* what fits beside the rest of the state: more than a monitor without clients has */
};

#define MONITOR_OOM_SCORE "-999"      /* as low as goes without being exempt; refused silently where the host forbids it */

struct config {
	const char *id, *token, *run_dir, *bundle, *exit_record, *runtime;
	struct log_options log;
	struct option_list runtime_arguments, create_arguments, cgroups;
	char *words[3][LIST_MAX];         /* of these lists */
	bool terminal, with_stdin, stdin_once;
	bool restore;                     /* from a checkpoint: `<runtime> restore` instead of create and start */
	int64_t create_timeout_ms;
};

enum state { STATE_CREATED, STATE_STARTING, STATE_RUNNING, STATE_EXITED };
enum role { ROLE_CONTROL, ROLE_EXEC, ROLE_ATTACH };
enum exec_stage { EXEC_SPEC, EXEC_LAUNCHING, EXEC_RUNNING, EXEC_KILLING, EXEC_DRAINING, EXEC_DONE };

struct exec {
	enum exec_stage stage;
	bool terminal, with_stdin, timed_out, aborted;
	bool failed;                      /* the runtime has: its error is the answer, whatever it has left behind */
	bool offering;                    /* the client may take the pipes themselves; until it has chosen nothing flows */
	uint16_t id;
	int spec;                         /* memfd with the OCI process object */
	int in, console;                  /* our ends; console is the listening socket until the pty has come */
	struct exec_output { int fd; uint64_t bytes, owed; } out, err;   /* taken so far; and at least before a late output is given up */
	struct child runtime, process;
	struct killing killing;
	unsigned mark;                    /* on all that descends from the runtime */
	uint64_t since;                   /* when that was started, in ticks */
	int64_t deadline_ms;              /* of the whole exec; 0: none */
	int64_t stage_deadline_ms;        /* of launching, killing or draining */
	uint32_t timeout_ms;
	uint64_t limit;                   /* bytes of each output that are wanted at most */
	uint16_t rows, columns;           /* asked for before the pty had come */
	char *extra[EXEC_EXTRA_MAX];      /* into extra_text */
	char extra_text[512];
	unsigned extra_count;
};

struct client {
	bool used;                        /* false: a free slot */
	int fd;                           /* -1: the peer has gone, its exec is still being killed */
	enum role role;
	bool closing;                     /* nothing more is read; closed when `out` is empty */
	bool ended;                       /* our side has ended: the peer's is waited for */
	int64_t linger_ms;                /* how long a closing client may take over its last words, or its own end */
	bool in_ended;                    /* the peer has shut down its side */
	bool stdin_blocked;               /* the STDIN frame at the front waits for room in the pipe */
	bool wants_stdin, wants_stdout, wants_stderr;
	size_t in_have, stdin_at;         /* stdin_at: how much of the STDIN frame at the front has been written */
	size_t out_at, out_have;
	struct exec exec;
};

/* `<runtime> start`, and who waits for it. */
struct start {
	struct child runtime;
	int err;
	int64_t deadline_ms;
	struct client *client;            /* NULL when it has gone */
	uint16_t id;
	bool timed_out, alone;            /* alone: the container has ended */
};

/* A process's streams while a runtime starts it. Pipes: reader, writer; of an `err` alone the runtime has both its outputs. -1: none */
struct plumbing {
	int in[2], out[2], err[2];
	int console;
};
#define NO_PLUMBING {{-1, -1}, {-1, -1}, {-1, -1}, -1}

struct monitor;
typedef void handler(struct monitor *m, void *what, short events);
typedef void request(struct monitor *m, struct client *client, const struct frame *frame);
struct watcher { handler *handle; void *what; };

/*
 * Big buffers: untouched they cost nothing, and after TRIM_MS of idleness they are given back. Page tables are not: what every monitor
 * uses comes first, within the two megabytes of the program itself, which one of them describes.
 */
struct buffers {
	struct cgroup_mount cgroup_mount; /* until the container is there */
	struct pollfd polls[SOURCES_MAX]; /* of a turn that has more than SOURCES_FEW */
	struct watcher watchers[SOURCES_MAX];
	char stream[2][STREAM_BUFFER];
	char log[LOG_BUFFER];
	char scratch[FRAME_PAYLOAD_MAX];
	struct { uint8_t in[CLIENT_IN], out[CLIENT_OUT]; } clients[SLOTS];
};

/* What an idle monitor has touched lies together: every page of it is memory of every container on the node. What is seldom used comes last. */
struct monitor {
	struct idle_stack *stack;
	struct buffers *buffers;
	struct config *config;
	struct oom *oom;
	char **arguments;                 /* that `config` was read from */
	bool adopting;                    /* the container is there already */
	int terminal_holder, terminal_fd; /* then: process and descriptor that may be the master of its terminal; 0: nobody */
	enum state state;
	char directory[108];              /* <run_dir>/<id>; a socket in it has a path of at most 107 bytes */
	int listener;
	int asker;                        /* the end of it that is not ours */
	int report;                       /* pipe to the process that started us; -1 once it has its answer */
	struct plumbing plumbing;         /* of the container, until the runtime has it; its pipes are opened by the process that starts us */
	char own_oom_score[16];           /* what it was for whoever started us: that of the runtime and all below it */
	struct child container;
	int stdin_fd;                     /* our end of the container's stdin (or its pty); -1: none */
	struct stream streams[2];
	int64_t stream_retry_ms[2];
	int64_t log_retry_ms;             /* 0: the log is not stalled */
	uint64_t output_bytes[2];
	struct log log;
	struct exit_file exit_file;
	struct exit_record record;
	bool exit_text_ready;
	int64_t drain_deadline_ms, trim_at_ms;
	struct start start;
	bool leaving, left, remove_container;
	struct client *leaver;
	uint16_t leaver_id;
	unsigned launching;               /* execs whose process is not known yet: nothing unknown may be reaped */
	uint64_t execs_total, clients_dropped;
	int64_t now;
	int64_t accept_at_ms;             /* 0: whenever there is a slot */
	unsigned sources;
	struct pollfd *polls, few_polls[SOURCES_FEW];
	struct watcher *watchers, few_watchers[SOURCES_FEW];
	unsigned clients_top;             /* no slot from here on is used */
	struct client clients[SLOTS];
	char exit_text[EXIT_RECORD_SIZE];
};

/* One after another; the body is a statement. */
#define FOR_CLIENTS(m, client) \
	for (__typeof__(&(m)->clients[0]) client = (m)->clients; client < (m)->clients + (m)->clients_top; client++) \
		if (!client->used) {} else

/* run.c: the process that starts a monitor, and the monitor up to "created" */
int monitor_main(struct monitor *m, char **arguments);
/* The same for a container whose monitor has died: DIRECTORY [PID DESCRIPTOR], who has the terminal's master. */
int monitor_adopt_main(struct monitor *m, char **arguments);

/* A file of the run directory, whose path always fits. */
struct run_path { char text[128]; };
struct run_path run_path(const struct monitor *m, const char *name);

/* runtime.c: calls of the OCI runtime */
struct runtime_call {
	const char *verb, *options[RUNTIME_OPTIONS_MAX];   /* up to the first NULL */
	char *const *more;                /* behind them */
	unsigned more_count;
	const struct plumbing *streams;
	const struct exec *exec;          /* its process object is descriptor 3, and what it starts bears its mark and the container's OOM score */
};
int runtime_spawn(struct monitor *m, const struct runtime_call *call, struct child *child);
/* The words of a runtime that has failed, from the pipe that it had for stderr; -ECHILD. */
int runtime_failure(struct monitor *m, int code, int err, struct error *error);
/* `<runtime> delete --force`, to its end. */
void runtime_delete(struct monitor *m);
/* create.c */
int create_container(struct monitor *m, struct error *error);
/* Reads the pid file that the runtime wrote and takes the process. */
int adopt_from_file(const char *path, struct child *child);
/* Ends what a failed or abandoned create has left, the runtime's own state included. */
void undo_create(struct monitor *m);
/* plumbing.c */
int open_pipe(int pipe[2], int our_end);
/*
 * For what the container writes. Its end is open for reading too: so the pipe does not break when this monitor is killed, the container
 * waits until the next one has opened it (adopt.c). When the container ends the pipe still does: writers are counted by themselves.
 */
int open_lasting_pipe(int pipe[2]);
/* What is not open yet. The caller closes it, whatever the result. */
int open_plumbing(struct plumbing *p, bool terminal, bool with_stdin, const char *console_path);
void close_plumbing(struct plumbing *p);
/* True when the pipe is bigger than before. */
bool grow_pipe(int fd, int size);
/* adopt.c: what the next monitor of this container needs to know, kept in the run directory; and being the next one */
int keep_container(struct monitor *m, struct error *error);
/* The arguments that are kept there: a NULL-terminated list of at most ARGUMENTS_MAX, and their text. */
int kept_arguments(const char *directory, char *text, size_t size, char **arguments, struct error *error);
int adopt_container(struct monitor *m, struct error *error);
/* console.c */
/* Waits CONSOLE_MS for the runtime that has come to send its pty master, and takes that. */
int console_accept(int listener);
/* The same from who has been let in already: -EAGAIN when nothing has come, -EPROTO when something else or the end has. */
int console_receive(int connection);
int console_resize(int master, uint16_t rows, uint16_t columns);
/* What no other pty has while this one is open: device of its file system, number in there. False when it is no pty's master. */
bool console_name(int master, unsigned long long name[2]);
/* The master (or whatever it is) that another process has as that descriptor. */
int console_take(pid_t holder, int fd);
/* loop.c */
int monitor_loop(struct monitor *m);
void watch(struct monitor *m, int fd, short events, handler *handle, void *what);
/* The earlier of two deadlines, 0 standing for none. */
static inline int64_t earlier(int64_t a, int64_t b) { return a == 0 || (b != 0 && b < a) ? b : a; }
/* streams.c: the container's output and stdin */
void streams_watch(struct monitor *m);
int64_t streams_deadline(const struct monitor *m);
void streams_settle(struct monitor *m);
/* What the pipes have grown by goes back to the kernel. */
void streams_trim(const struct monitor *m);
/* Reads what is there, at most a turn's budget; false when nothing came. */
bool stream_read(struct monitor *m, unsigned index);
/* container.c: start, kill and the way to the exit record */
void container_watch(struct monitor *m);
int64_t container_deadline(const struct monitor *m);
void container_settle(struct monitor *m);
request container_start, container_leave;
/* The run directory and what is in it. */
void remove_files(const struct monitor *m);
/* client.c */
int clients_listen(struct monitor *m, struct error *error);
/* Takes the socket away again. */
void clients_forget(struct monitor *m);
void clients_watch(struct monitor *m);
int64_t clients_deadline(const struct monitor *m);
void clients_settle(struct monitor *m);
uint8_t *client_in(struct monitor *m, const struct client *client);
uint8_t *client_out(struct monitor *m, const struct client *client);
/* Sends a frame, or queues what the socket does not take; false (and the client is dropped) when it does not take its answers. */
bool client_send(struct monitor *m, struct client *client, enum frame_type type, uint16_t id, const void *payload, size_t size);
void client_error(struct monitor *m, struct client *client, uint16_t id, enum error_code code, const char *format, ...) __attribute__((format(printf, 5, 6)));
void client_ok(struct monitor *m, struct client *client, uint16_t id);
/* For a connection that carries much: a bigger socket buffer. */
void client_enlarge(struct client *client);
/* Sends what is queued as far as the socket takes it. */
void client_flush(struct monitor *m, struct client *client);
void client_drop(struct monitor *m, struct client *client);
void client_output(struct monitor *m, unsigned stream, const char *data, size_t size);
/* `what` is the client whose exec's stdin has room, NULL for the container's. */
handler on_stdin_room;
void clients_announce_exit(struct monitor *m);
/* request.c: what each frame asks for */
/* False: the frame waits (stdin that the container does not take yet). */
bool request_take(struct monitor *m, struct client *client, const struct frame *frame);
/* The peer has shut down its side and all that it sent is taken. */
void request_input_ended(struct monitor *m, struct client *client);
size_t status_text(const struct monitor *m, char *text, size_t size);
/* exec_start.c */
request exec_begin, exec_spec, exec_run;
/* Where the runtime puts an exec's pid or sends its pty. */
struct run_path exec_path(const struct monitor *m, const struct client *client, const char *name);
/* exec.c */
/* The client has the pipes, or wants what they carry as frames. */
request exec_choose;
void exec_release(struct exec *exec);
void exec_watch(struct monitor *m, struct client *client);
int64_t exec_deadline(const struct monitor *m, const struct client *client);
void exec_settle(struct monitor *m, struct client *client);
/* The client has gone: the exec is killed; the slot is free when that is done. */
void exec_abort(struct monitor *m, struct client *client);
unsigned execs_live(const struct monitor *m);
/* Whether there is no room for a further exec or attached client. */
bool sessions_full(const struct monitor *m);
/* reap.c */
void reap_orphans(struct monitor *m);
