#ifndef LOYALTY_LEDGER_CINTRINSICS_H
#define LOYALTY_LEDGER_CINTRINSICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has CRC-32C instructions that `ll_crc32c_hardware` may use.
bool ll_crc32c_hardware_available(void);

/// Continues a CRC-32C (Castagnoli) over `count` bytes; `crc` is the finished value of the bytes before, 0 to start.
/// Call only where `ll_crc32c_hardware_available` said yes.
uint32_t ll_crc32c_hardware(uint32_t crc, const uint8_t *bytes, size_t count);

/// How many processors the scheduler lets this process run on, or 0 where it does not say.
int ll_allowed_processors(void);

#endif
