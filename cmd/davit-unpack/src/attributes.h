/* Extended attributes of an archive: which of them reach the disk, and under which name. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "failure.h"
#include "pax.h"

#define OPAQUE_XATTR "trusted.overlay.opaque"

/*
 * Sets those that a layer may have on an open file or directory. Where the file system has no attributes of users (tmpfs before Linux 6.6), those are left out and counted in `unkept`:
 * they are notes. Every other one decides about rights: without it the layer is refused.
 */
int set_xattrs(int descriptor, const struct xattr *xattrs, size_t count, int64_t *unkept, struct failure *failure);
/* The same for `name` itself in an open directory, which becomes the working directory. */
int set_xattrs_at(int directory, const char *name, const struct xattr *xattrs, size_t count, int64_t *unkept, struct failure *failure);
/* Makes `name` in an open directory hide what the lower layers have in the directory of its path. */
int set_opaque_at(int directory, const char *name, struct failure *failure);
