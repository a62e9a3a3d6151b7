#pragma once
/* argv[0] of the process: what ps and pgrep show. */
#define PAUSE_NAME "pause"
/* The init of a shared pid namespace: reaps whatever becomes its child, leaves on SIGTERM or SIGINT. Starts only after one byte on stdin. */
int pause_main(void);
