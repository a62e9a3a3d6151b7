#include "sysctl.h"
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <string.h>

static const struct { const char *prefix; int flag; } namespaced[] = {
	{"net/", CLONE_NEWNET}, {"kernel/shm", CLONE_NEWIPC}, {"kernel/msg", CLONE_NEWIPC}, {"kernel/sem", CLONE_NEWIPC}, {"fs/mqueue/", CLONE_NEWIPC},
	{"kernel/hostname", CLONE_NEWUTS}, {"kernel/domainname", CLONE_NEWUTS},
};

/* The name as a path: where dots separate, a slash stands for a dot (net.ipv4.conf.eth0/100.arp_filter); where slashes come first, it is one already. */
static int name_path(const char *setting, char *path, size_t size)
{
	size_t length = strcspn(setting, "=");
	if (setting[length] != '=' || length == 0 || length >= size)
		return -EINVAL;
	bool dots = setting[strcspn(setting, "./")] == '.';
	for (size_t i = 0; i < length; i++)
		path[i] = !dots ? setting[i] : setting[i] == '.' ? '/' : setting[i] == '/' ? '.' : setting[i];
	path[length] = '\0';
	return path[0] == '/' || path[0] == '.' || strstr(path, "/.") != NULL || strstr(path, "//") != NULL ? -EINVAL : 0;
}

int sysctl_check(const char *setting, int flags, struct error *error)
{
	char path[256];
	if (name_path(setting, path, sizeof path) < 0)
		return fail(error, 0, "sysctl \"%s\": not of the form name=value", setting);
	for (size_t i = 0; i < sizeof namespaced / sizeof *namespaced; i++)
		if (strncmp(path, namespaced[i].prefix, strlen(namespaced[i].prefix)) == 0) {
			if (flags & namespaced[i].flag)
				return 0;
			return fail(error, 0, "sysctl \"%s\": the pod shares that namespace with the host", setting);
		}
	return fail(error, 0, "sysctl \"%s\": belongs to no namespace of a pod", setting);
}

int sysctl_write(const char *setting)
{
	char name[256], path[PATH_MAX];
	int result = name_path(setting, name, sizeof name);
	if (result == 0)
		result = format_path(path, sizeof path, "/proc/sys/%s", name);
	return result < 0 ? result : write_file(path, strchr(setting, '=') + 1);
}
