/*
 * davit-monitor: the small program beside every container, and what else must be done outside the daemon's own process:
 *
 *   run      starts a monitor, which creates the container, keeps its output, terminal, execs and exit code, and outlives the daemon
 *   adopt    starts a monitor for a container whose monitor has died
 *   launch   starts programs for the daemon (lib/conmon's Launcher) without a fork of the daemon
 *   pin      makes the namespaces of a pod and binds them to files; unpin takes them away
 *   dial     connects to a port inside a pod's network and hands the connection to the daemon
 *   cage     becomes a program that can do nothing outside one directory: the extractor of layers
 *   pause    the init of a pid namespace that containers share
 *
 * monitor/ has run and adopt, launcher/ launch, pod/ what acts in a pod's namespaces, cage/ the cage. All of them stand on system/, which knows
 * processes and descriptors but nothing of davit, and on wire/, which is what lib/conmon writes and reads.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include "cage/cage.h"
#include "pod/dial.h"
#include "launcher/launch.h"
#include "monitor/monitor.h"
#include "pod/pause.h"
#include "pod/pin.h"

/*
 * What an idle monitor has touched lies together: what never changes once it is known beside libc's own state, which it must come behind
 * (names are sorted), the rest around the page where the stack ends and the monitor's state begins.
 */
static struct config config __attribute__((section(".bss.y_config")));
static struct oom oom __attribute__((section(".bss.y_oom")));
struct home {
	struct idle_stack stack;
	struct monitor monitor;
	_Alignas(PAGE) struct buffers buffers;
};
/* The linker would begin all that is zero with a page of its own for an object with that alignment. */
static BIG char space[PAGE + sizeof(struct home)];

static struct monitor *make_monitor(void)
{
	struct home *home = (struct home *)(((uintptr_t)space + PAGE - 1) & ~(uintptr_t)(PAGE - 1));
	home->monitor.stack = &home->stack;
	home->monitor.buffers = &home->buffers;
	home->monitor.config = &config;
	home->monitor.oom = &oom;
	return &home->monitor;
}

int main(int count, char **arguments)
{
	const char *verb = count > 1 ? arguments[1] : "";
	/* Nothing that the caller had open belongs to us, but for the launcher's lock and what the caged program is given; afterwards every descriptor is close-on-exec. */
	const unsigned first = strcmp(verb, "launch") == 0 ? LOCK_FILENO + 1u : strcmp(verb, "cage") == 0 ? CAGE_LAST_FD + 1u : 3u;
	syscall(SYS_close_range, first, ~0u, 0u);
	if (count > 0 && strcmp(arguments[0], PAUSE_NAME) == 0)
		return pause_main();
	if (strcmp(verb, "run") == 0)
		return monitor_main(make_monitor(), arguments);
	if (strcmp(verb, "adopt") == 0)
		return monitor_adopt_main(make_monitor(), arguments + 2);
	if (strcmp(verb, "launch") == 0)
		return launch_main();
	if (strcmp(verb, "pin") == 0)
		return pin_main(arguments + 2);
	if (strcmp(verb, "unpin") == 0)
		return unpin_main(arguments + 2);
	if (strcmp(verb, "dial") == 0)
		return dial_main(arguments + 2);
	if (strcmp(verb, "cage") == 0)
		return cage_main(arguments + 2);
	if (strcmp(verb, "pause") == 0)
		return pause_main();
	if (strcmp(verb, "version") == 0)
		return dprintf(STDOUT_FILENO, "davit-monitor %s protocol %d\n", DAVIT_VERSION, PROTOCOL_VERSION) < 0;
	dprintf(STDERR_FILENO, "usage: davit-monitor run|adopt|launch|pin|unpin|dial|cage|pause|version ...\n");
	return ERROR_INVALID;
}
