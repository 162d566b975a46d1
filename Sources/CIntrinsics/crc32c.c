#include "CIntrinsics.h"

#include <string.h>

#if defined(__x86_64__)

#include <nmmintrin.h>

bool ll_crc32c_hardware_available(void) { return __builtin_cpu_supports("sse4.2"); }

__attribute__((target("sse4.2")))
uint32_t ll_crc32c_hardware(uint32_t crc, const uint8_t *bytes, size_t count) {
    uint64_t state = ~crc;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = _mm_crc32_u64(state, word);
        bytes += 8;
        count -= 8;
    }
    uint32_t tail = (uint32_t)state;
    while (count > 0) {
        tail = _mm_crc32_u8(tail, *bytes);
        bytes += 1;
        count -= 1;
    }
    return ~tail;
}

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)

#include <arm_acle.h>

bool ll_crc32c_hardware_available(void) { return true; }

uint32_t ll_crc32c_hardware(uint32_t crc, const uint8_t *bytes, size_t count) {
    uint32_t state = ~crc;
    while (count >= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __crc32cd(state, word);
        bytes += 8;
        count -= 8;
    }
    while (count > 0) {
        state = __crc32cb(state, *bytes);
        bytes += 1;
        count -= 1;
    }
    return ~state;
}

#else

bool ll_crc32c_hardware_available(void) { return false; }

uint32_t ll_crc32c_hardware(uint32_t crc, const uint8_t *bytes, size_t count) {
    (void)bytes;
    (void)count;
    return crc;
}

#endif
