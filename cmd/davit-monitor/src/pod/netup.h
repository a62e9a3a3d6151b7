#pragma once
/* Brings up `lo` of the caller's network namespace; it gets its addresses by itself. */
int loopback_up(void);
