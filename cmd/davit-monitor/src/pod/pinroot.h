/* The directory above the pods' namespace directories: a shared mount of our own, there as long as one pod is. */
#pragma once
#include "system/io.h"
/* Makes `directory`, and its parent a shared mount; -EEXIST when it is there already. */
int pinroot_add(const char *directory, struct error *error);
/* Removes the emptied `directory` (success when it is gone), and the mount with the last of them. */
int pinroot_remove(const char *directory, struct error *error);
