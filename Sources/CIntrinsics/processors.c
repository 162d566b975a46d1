#define _GNU_SOURCE
#include "CIntrinsics.h"

#ifdef __linux__
#include <sched.h>
#endif

int ll_allowed_processors(void) {
#ifdef __linux__
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
    return 0;
}
