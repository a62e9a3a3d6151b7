#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

enum { FIELD_PARENT = 4, FIELD_GROUP, FIELD_SESSION, FIELD_START = 22, FIELD_STATUS = 52, SLACK_NS = 50 * 1000 };

bool process_read(pid_t pid, struct process *process)
{
	char path[64], text[1024];
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	if (read_file(path, text, sizeof text) < 0)
		return false;
	/* The name in parentheses may hold anything, parentheses too: the third field starts behind the last one. */
	char *at = strrchr(text, ')');
	if (at == NULL || at[1] != ' ')
		return false;
	*process = (struct process){.state = at[2]};
	at += 3;
	for (int field = FIELD_PARENT; field <= FIELD_STATUS && *at == ' '; field++) {
		unsigned long long value = strtoull(at, &at, 10);
		switch (field) {
		case FIELD_PARENT: process->parent = (int)value; break;
		case FIELD_GROUP: process->group = (int)value; break;
		case FIELD_SESSION: process->session = (int)value; break;
		case FIELD_START: process->start = value; break;
		case FIELD_STATUS: process->status = (int)value; break;
		}
	}
	return process->start != 0;
}

void process_mark(unsigned mark)
{
	prctl(PR_SET_TIMERSLACK, (unsigned long)(SLACK_NS + mark), 0, 0, 0);
}

bool process_marked(pid_t pid, unsigned mark)
{
	char path[64], text[32];
	snprintf(path, sizeof path, "/proc/%d/timerslack_ns", (int)pid);
	return mark != 0 && read_file(path, text, sizeof text) > 0 && strtoul(text, NULL, 10) == (unsigned long)(SLACK_NS + mark);
}
