#pragma once
/*
 * cage [--cgroup DIR]... [--see PATH]... --write DIR PROGRAM ARGUMENT...: becomes PROGRAM in a file tree of its own, where only DIR can be written to and only
 * what is named is there; without sockets, mounts, new namespaces or a way to other processes, and with the capabilities that unpacking takes.
 * Descriptors 0 to 3 stay open.
 */
int cage_main(char **arguments);
/* The highest descriptor that the program inherits. */
enum { CAGE_LAST_FD = 3 };
