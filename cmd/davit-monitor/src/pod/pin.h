#pragma once
#include "system/io.h"
int pin_main(char **arguments);
int unpin_main(char **arguments);
/* Takes away what pin made in this directory and nothing else; twice is harmless. */
int unpin(const char *directory, struct error *error);
