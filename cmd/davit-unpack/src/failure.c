#include "failure.h"
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int refuse(struct failure *failure, enum failure_class class, const char *format, ...)
{
	va_list arguments;
	failure->class = class;
	va_start(arguments, format);
	vsnprintf(failure->text, sizeof failure->text, format, arguments);
	va_end(arguments);
	return -1;
}

int fail(struct failure *failure, int number, const char *format, ...)
{
	va_list arguments;
	const bool no_room = number == ENOSPC || number == EDQUOT || number == EMFILE || number == ENOMEM;
	failure->class = no_room ? RESOURCE_EXHAUSTED : INTERNAL;
	va_start(arguments, format);
	vsnprintf(failure->text, sizeof failure->text, format, arguments);
	va_end(arguments);
	const size_t used = strlen(failure->text);
	snprintf(failure->text + used, sizeof failure->text - used, ": %s", strerror(number));
	return -1;
}

const char *failure_code(const struct failure *failure)
{
	static const char *const codes[] = {[DATA_LOSS] = "DataLoss", [FAILED_PRECONDITION] = "FailedPrecondition", [RESOURCE_EXHAUSTED] = "ResourceExhausted", [UNIMPLEMENTED] = "Unimplemented", [INTERNAL] = "Internal"};
	return codes[failure->class];
}
