#include "CLibFuzzer.h"

#if defined(FUZZING) && defined(__GLIBC__)

#include <errno.h>
#include <stddef.h>
#include <unistd.h>

// libFuzzer watches single allocations only together with another sanitizer. Here the allocator is wrapped instead: one request beyond the
// limit, which is above everything the format allows at once, stops the run like any other finding.

static const size_t limit = (size_t)128 << 20;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *pointer, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void check(size_t size)
{
    if (size <= limit) return;
    static const char message[] = "LogFuzz: one allocation of more than 128 MiB\n";
    (void)!write(STDERR_FILENO, message, sizeof message - 1);
    __builtin_trap();
}

void *malloc(size_t size)
{
    check(size);
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    size_t product;
    check(__builtin_mul_overflow(count, size, &product) ? (size_t)-1 : product);
    return __libc_calloc(count, size);
}

void *realloc(void *pointer, size_t size)
{
    check(size);
    return __libc_realloc(pointer, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    check(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **pointer, size_t alignment, size_t size)
{
    check(size);
    void *memory = __libc_memalign(alignment, size);
    if (memory == NULL) return ENOMEM;
    *pointer = memory;
    return 0;
}

#endif
