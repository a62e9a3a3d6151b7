#pragma once
/* Serves RUN and CANCEL frames on stdin, answers on stdout; leaves when stdin ends. */
int launch_main(void);
