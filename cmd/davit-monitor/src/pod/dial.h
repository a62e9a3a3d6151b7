#pragma once
/* Arguments: network namespace, port, unix socket of the daemon, token. */
int dial_main(char **arguments);
