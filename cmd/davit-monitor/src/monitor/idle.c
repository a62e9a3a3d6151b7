/*
 * The kernel describes memory in tables, three pages of them for anything that is far from the rest, as a process's stack is. So a monitor
 * runs on a stack of its own right in front of its state, with its arguments at the top as the kernel would have put them, and unmaps
 * everything but its program: two pages of memory and three of tables is what stays while it is idle.
 */
#include "idle.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

enum { STACK_FREE = 256 * 1024, STACK_KEPT = 256, KERNEL_STACK = 1024 * 1024, ALIGNMENT = 16 };

extern char **environ;
/* The strings of a list below `top`, and the list below them. */
static char **copy_below(char *top, const char *bottom, char *const *list)
{
	size_t size = 0, count = 0;
	for (; list[count] != NULL; count++)
		size += strlen(list[count]) + 1;
	if (size + (count + 2) * sizeof *list + STACK_FREE > (size_t)(top - bottom))
		return NULL;
	char *text = top - size;
	char **copy = (char **)((uintptr_t)text & ~(uintptr_t)(ALIGNMENT - 1)) - (count + 1);
	for (size_t i = 0; i < count; i++) {
		copy[i] = text;
		text = stpcpy(text, list[i]) + 1;
	}
	copy[count] = NULL;
	return copy;
}

char **idle_keep(struct idle_stack *stack, char *const *arguments)
{
	char **environment = copy_below(stack->space + sizeof stack->space, stack->space, environ);
	char **copy = environment != NULL ? copy_below((char *)environment, stack->space, arguments) : NULL;
	if (copy != NULL)
		environ = environment;
	return copy;
}

#ifdef __SANITIZE_ADDRESS__
/* The sanitizer has memory of its own everywhere, and knows the kernel's stack only. */
pid_t idle_start(char **arguments, int (*run)(void *), void *what)
{
	(void)arguments;
	pid_t pid = fork();
	if (pid == 0)
		_exit(run(what));
	return pid < 0 ? -errno : pid;
}

void idle_trim(struct idle_stack *stack) { (void)stack; }
#else
extern const char __executable_start[], etext[], edata[], end[];   /* by the linker */

static uintptr_t page_of(uintptr_t address) { return address & ~(uintptr_t)(PAGE - 1); }
static uintptr_t page_after(uintptr_t address) { return page_of(address + PAGE - 1); }

/* Behind the last of strings that follow one another. */
static uintptr_t end_of(char *const *list, uintptr_t start)
{
	for (; *list != NULL; list++)
		start = (uintptr_t)*list + strlen(*list) + 1;
	return start;
}

/* For whoever looks at the process's command line. A kernel without this says nothing of it. */
static void tell_kernel(char *const *arguments)
{
	const uintptr_t heap = (uintptr_t)syscall(SYS_brk, 0), words = end_of(arguments, (uintptr_t)arguments[0]);
	const struct prctl_mm_map map = {
		.start_code = (uintptr_t)__executable_start, .end_code = (uintptr_t)etext, .start_data = (uintptr_t)etext, .end_data = (uintptr_t)edata,
		.start_brk = heap, .brk = heap, .start_stack = (uintptr_t)arguments, .exe_fd = ~0u,
		.arg_start = (uintptr_t)arguments[0], .arg_end = words, .env_start = environ[0] != NULL ? (uintptr_t)environ[0] : words, .env_end = end_of(environ, words),
	};
	(void)prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0);
}

static void let_go(char *const *arguments)
{
	/* The name of the program is the last thing on the kernel's stack; below that are its clocks, which we ask by system calls. */
	const char *name = (const char *)getauxval(AT_EXECFN);
	uintptr_t first = page_after((uintptr_t)end), last = page_after((uintptr_t)name + strlen(name) + 1 + sizeof(void *));
	tell_kernel(arguments);
	/* A kernel that keeps its clocks sealed gives at least the stack back. */
	if (munmap((void *)first, last - first) < 0)
		(void)munmap((void *)(last - KERNEL_STACK), KERNEL_STACK);
}

struct start { char **arguments; int (*run)(void *); void *what; };

static int run_apart(void *argument)
{
	const struct start start = *(struct start *)argument;
	let_go(start.arguments);
	return start.run(start.what);
}

pid_t idle_start(char **arguments, int (*run)(void *), void *what)
{
	struct start start = {arguments, run, what};
	pid_t pid = clone(run_apart, arguments, SIGCHLD, &start);
	return pid < 0 ? -errno : pid;
}

void idle_trim(struct idle_stack *stack)
{
	uintptr_t first = page_after((uintptr_t)stack), last = page_of((uintptr_t)__builtin_frame_address(0) - STACK_KEPT);
	(void)madvise((void *)first, last - first, MADV_DONTNEED);
}
#endif
