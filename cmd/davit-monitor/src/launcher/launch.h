#pragma once

/* A descriptor that the caller may hand to the launcher: a locked file, held as long as it lives. */
enum { LOCK_FILENO = 3 };

/* Serves RUN and CANCEL frames on stdin, answers on stdout; when stdin ends, finishes what runs and leaves. */
int launch_main(void);
