/* The monitor is a subreaper: what loses its parent below it becomes its child, and would stay a zombie. */
#include <sys/wait.h>
#include "monitor.h"

static struct child *known_child(struct monitor *m, pid_t pid)
{
	if (m->container.pid == pid)
		return &m->container;
	if (m->state == STATE_STARTING && m->start.runtime.pid == pid)
		return &m->start.runtime;
	FOR_CLIENTS(m, client) {
		if (client->role == ROLE_EXEC && client->exec.runtime.pid == pid)
			return &client->exec.runtime;
		if (client->role == ROLE_EXEC && client->exec.process.pid == pid)
			return &client->exec.process;
	}
	return NULL;
}

void reap_orphans(struct monitor *m)
{
	siginfo_t info = {0};
	/* While a runtime starts an exec, a child unknown to us may be that exec, ended already: its code must not be lost. */
	while (m->launching == 0 && waitid(P_ALL, 0, &info, WEXITED | WNOHANG) == 0 && info.si_pid != 0) {
		struct child *child = known_child(m, info.si_pid);
		if (child != NULL)
			child_record(child, info.si_code, info.si_status);
		info.si_pid = 0;
	}
}
