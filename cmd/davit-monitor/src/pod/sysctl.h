/* Sysctls that belong to a namespace. Any other would be the host's, and is refused. */
#pragma once
#include "system/io.h"
/* `setting` is NAME=VALUE, the name with dots or slashes; `flags` are the CLONE_NEW* that the pod gets. */
int sysctl_check(const char *setting, int flags, struct error *error);
int sysctl_write(const char *setting);
