#include "clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

_Noreturn void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, errno != 0 ? strerror(errno) : "failed");
    exit(1);
}

void require(int condition, const char *what) {
    if (!condition) fail(what);
}

static int by_size(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

void print_percentiles(const char *name, int64_t *ns, size_t count) {
    if (count == 0) return;
    qsort(ns, count, sizeof *ns, by_size);
    printf("%s_p50_us=%.3f\n%s_p99_us=%.3f\n%s_max_us=%.3f\n", name, ns[count / 2] / 1e3, name, ns[count * 99 / 100] / 1e3,
           name, ns[count - 1] / 1e3);
}
