/* What Linux cannot keep of an entry, or must not. */
#pragma once
#include "tar.h"

/* Refuses such an entry, and brings its time into range. */
int check_entry(struct tar_entry *entry, struct failure *failure);
