#pragma once
#include <stddef.h>
#include <stdint.h>

// The limit: what a program in C takes that reads our segments with every check that ours makes, and folds the events of a load into
// flat structures. It knows the events of LedgerLoad and no others.

/// A purse: a balance and the gross sums that explain it.
struct purse {
    int32_t balance, debt, earned, removed, uncollected, converted, debt_paid, debt_carried, spent, lapsed, restored, overspent;
};

/// The state of one card, what every purchase touches first.
struct card_state {
    int64_t greatest_effective_at, lifetime_value, transaction_amount, remainder_open, last_stamp_at, last_award_at;
    uint32_t version, remainder_rules;
    int32_t visits, stamped_visits, purchases, last_visit_on, last_purchase_on, last_stamp_on, capped_on, capped;
    struct purse purse;
    int64_t issued_at, last_reward_at, last_redeemed_at;
    int32_t rewards_earned, rewards_redeemed, rewards_corrected, rewards_expired, rewards_reversed, rewards_over, rewards_available;
    int32_t claims, refusals, expires_on;
    uint16_t program;
    uint8_t is_expiry_recorded, has_expiry, installation, has_left;
    struct purse bonus;
};

/// Everything the events add up to.
struct ledger_state {
    struct card_state *cards;
    size_t card_count, card_room;
    uint64_t position, records, ledger_events, refusals;
    int64_t greatest_effective_at;
};

/// The bytes of one record's facts, or of a section.
struct bytes {
    const uint8_t *place;
    const uint8_t *end;
};

/// An event id as the log keeps it: form 2 counts, 3 and 4 are 16 bytes.
struct record_id {
    uint8_t form;
    uint64_t high, low;
};

_Noreturn void damaged(const char *what);

static inline uint8_t take_u8(struct bytes *bytes) {
    if (bytes->place >= bytes->end) damaged("a byte is missing");
    return *bytes->place++;
}

static inline uint64_t take_varint(struct bytes *bytes) {
    uint64_t byte = take_u8(bytes), value = byte & 0x7f;
    for (int shift = 7; byte >= 0x80; shift += 7) {
        if (shift > 63) damaged("a varint is too long");
        byte = take_u8(bytes);
        value |= (byte & 0x7f) << shift;
        if (byte == 0) damaged("a varint is longer than needed");
    }
    return value;
}

static inline int64_t take_zigzag(struct bytes *bytes) {
    uint64_t raw = take_varint(bytes);
    return (int64_t)(raw >> 1) ^ -(int64_t)(raw & 1);
}

static inline struct bytes take_bytes(struct bytes *bytes, uint64_t count) {
    if ((uint64_t)(bytes->end - bytes->place) < count) damaged("bytes are missing");
    struct bytes taken = {bytes->place, bytes->place + count};
    bytes->place += count;
    return taken;
}

/// Folds the facts of one card's record.
void fold_record(struct ledger_state *state, uint32_t card, uint64_t events, struct bytes facts, int64_t recorded_at);

/// Reads the next id behind the one before, and notes where its record lies.
void note_command(struct bytes *ids, struct record_id *id, uint64_t position);

/// How many commands were noted.
uint64_t command_count(void);

/// Adds the serial and the customer of the next card; ends the process where the serial was issued before.
void add_card(struct bytes serial, struct bytes customer);

/// Reads every segment of a log directory into the state.
void read_log(const char *directory, struct ledger_state *state);
