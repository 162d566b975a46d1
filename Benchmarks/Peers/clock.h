#pragma once
#include <stddef.h>
#include <stdint.h>

/// Nanoseconds of the monotonic clock.
int64_t now_ns(void);

/// Ends the process with a message and what the system said.
_Noreturn void fail(const char *what);

/// Ends the process unless a condition holds.
void require(int condition, const char *what);

/// Prints the median, the 99th percentile and the greatest of some times, sorting them: `name_p50_us=... name_p99_us=... name_max_us=...`.
void print_percentiles(const char *name, int64_t *ns, size_t count);
