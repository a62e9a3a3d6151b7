/* What is told to the daemon, a line of JSON each, on stdout; see lib/storage/extractor/messages.ts. */
#pragma once
#include <stdint.h>
#include "digest.h"
#include "failure.h"

struct result {
	char digest[DIGEST_TEXT_BYTES], diff_id[DIGEST_TEXT_BYTES];
	int64_t compressed_bytes, uncompressed_bytes, entries, disk_bytes, inodes, unkept_xattrs;
};

void report_progress(int64_t uncompressed_bytes, int64_t entries);
void report_done(const struct result *result);
/* Says what is wrong and ends the process, in whichever thread: nothing of the layer is of use any more. */
_Noreturn void report_failure(const struct failure *failure);
