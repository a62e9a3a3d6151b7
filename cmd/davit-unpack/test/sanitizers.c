/* Linked into the sanitized davit-unpack, which has no environment: whatever is found ends it, and is written to a file. */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
	return "log_path=" FINDINGS "/unpack-asan:detect_leaks=1:abort_on_error=1:detect_stack_use_after_return=0";
}

const char *__ubsan_default_options(void)
{
	return "log_path=" FINDINGS "/unpack-ubsan:print_stacktrace=1:abort_on_error=1";
}
