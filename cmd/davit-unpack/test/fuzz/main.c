/*
 * davit-unpack-fuzz KIND FIRST COUNT: COUNT cases of a kind, from the seed FIRST on, under the sanitizers. The parts of davit-unpack are called in this
 * process, with what a generator makes: right, nearly right, and wrong. What is found is told with its seed: the same seed is the same case.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "case.h"

/* No case takes a second, even on a busy machine: one of so many does not end. */
enum { CASE_SECONDS = 60 };

static const struct { const char *name; void (*run)(struct random *random); } kinds[] = {
	{"header", fuzz_header}, {"pax", fuzz_pax}, {"tar", fuzz_tar}, {"text", fuzz_text}, {"orders", fuzz_orders}, {"attributes", fuzz_attributes}, {"inflate", fuzz_inflate}, {"intake", fuzz_intake}, {"layer", fuzz_layer},
};
static const char *kind = "?";
static unsigned long seed;

/* Called by the sanitizers. */
void __sanitizer_set_death_callback(void (*callback)(void));
void __ubsan_on_report(void);

static void say_case(void)
{
	char line[128];
	const int length = snprintf(line, sizeof line, "case: %s %lu\n", kind, seed);
	if (write(STDERR_FILENO, line, (size_t)length) < 0)
		return;
}

void __ubsan_on_report(void)
{
	say_case();
}

static void on_alarm(int number)
{
	(void)number;
	static const char words[] = "does not end\n";
	if (write(STDERR_FILENO, words, sizeof words - 1) > 0)
		say_case();
	_exit(1);
}

void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "not so: %s\n", what);
	say_case();
	abort();
}

int main(int count, char **arguments)
{
	void (*run)(struct random *random) = NULL;
	for (size_t i = 0; count == 4 && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(arguments[1], kinds[i].name) == 0) {
			kind = kinds[i].name;
			run = kinds[i].run;
		}
	if (!run) {
		fprintf(stderr, "usage: davit-unpack-fuzz header|pax|tar|text|orders|attributes|inflate|intake|layer FIRST COUNT\n");
		return 2;
	}
	umask(0);
	signal(SIGALRM, on_alarm);
	__sanitizer_set_death_callback(say_case);
	const unsigned long first = strtoul(arguments[2], NULL, 10), cases = strtoul(arguments[3], NULL, 10);
	for (seed = first; seed < first + cases; seed++) {
		struct random random = {.state = seed * 1000003u};
		alarm(CASE_SECONDS);
		run(&random);
	}
	printf("%s: %lu cases\n", kind, cases);
	return 0;
}
