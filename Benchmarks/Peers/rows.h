#pragma once
#include <stddef.h>
#include <stdint.h>

/// One event as `loyalty generate --rows` writes it (LoadRow.swift); `tail` bytes of text follow.
struct __attribute__((packed)) row {
    int64_t occurred;
    uint64_t id_high;
    uint64_t id_low;
    uint32_t card;
    int32_t amount;
    int32_t recorded_after;
    uint16_t attribution;
    uint16_t rule_version;
    int16_t stamps;
    int16_t rewards;
    uint8_t kind;
    uint8_t source;
    uint16_t tail;
};

_Static_assert(sizeof(struct row) == 48, "a row has 48 bytes");

/// All rows of a file, in memory.
struct rows {
    const uint8_t *bytes;
    size_t size;
};

/// The rows of one transaction.
struct row_batch {
    const uint8_t *start;
    const uint8_t *end;
    /// The number of the first row, from 1.
    uint64_t first;
    uint64_t rows;
    uint64_t commands;
};

/// Reads a file whole, so that nothing of it is read again later.
struct rows read_rows(const char *path);

/// The batch behind `batch` (all zeros before the first one): so many commands, or what is left; 0 at the end.
int next_batch(struct rows rows, uint64_t commands, struct row_batch *batch);

/// The bytes of a row with its tail.
static inline size_t row_size(const struct row *row) { return sizeof *row + row->tail; }

/// Whether a row belongs to the command of the row before it.
static inline int same_command(const struct row *row, const struct row *before) {
    return before != NULL && row->id_high == before->id_high && row->id_low == before->id_low;
}
