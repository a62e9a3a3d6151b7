#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIELD_PARENT = 4, FIELD_GROUP, FIELD_SESSION, FIELD_START = 22, FIELD_STATUS = 52 };

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
