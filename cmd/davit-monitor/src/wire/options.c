#include "options.h"
#include <string.h>

static const struct option *find(const struct option *table, const char *argument)
{
	if (strncmp(argument, "--", 2) != 0)
		return NULL;
	for (; table->name != NULL; table++)
		if (strcmp(table->name, argument + 2) == 0)
			return table;
	return NULL;
}

static int take(const struct option *option, char *value, struct error *error)
{
	struct option_list *list = option->value;
	switch (option->kind) {
	case OPTION_TEXT:
		*(const char **)option->value = value;
		return 0;
	case OPTION_NUMBER:
		if (parse_number(value, INT64_MIN, INT64_MAX, option->value) < 0)
			return fail(error, 0, "option --%s: \"%s\" is not a number", option->name, value);
		return 0;
	case OPTION_LIST:
		if (list->count == list->max)
			return fail(error, 0, "option --%s: given more than %d times", option->name, (int)list->max);
		list->items[list->count++] = value;
		return 0;
	case OPTION_FLAG:
		*(bool *)option->value = true;
		return 0;
	}
	return 0;
}

int parse_options(char **arguments, const struct option *table, struct error *error)
{
	for (; *arguments != NULL; arguments++) {
		const struct option *option = find(table, *arguments);
		if (option == NULL)
			return fail(error, 0, "unknown option \"%s\"", *arguments);
		if (option->kind != OPTION_FLAG && *++arguments == NULL)
			return fail(error, 0, "option --%s: a value is missing", option->name);
		int result = take(option, *arguments, error);
		if (result < 0)
			return result;
	}
	return 0;
}
