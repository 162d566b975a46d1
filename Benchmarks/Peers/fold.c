// What each event of a load does to its card (DESIGN.md 7.4).
#include "limit.h"

#include <stdlib.h>
#include <string.h>

enum {
    card_issued = 1,
    purchase_recorded = 4,
    stamps_added = 6,
    rewards_unlocked = 9,
    amount_refunded = 10,
    rewards_granted = 13,
    rewards_redeemed = 15,
    expiry_set = 17,
    command_refused = 19,
    later_flag = 0x40,
};

struct moment {
    int64_t occurred_at;
    int32_t occurred_on;
};

static const int64_t never = INT64_MIN;
static const int32_t no_day = INT32_MIN;

static int64_t later(int64_t left, int64_t right) { return left > right ? left : right; }
static int32_t later_day(int32_t left, int32_t right) { return left > right ? left : right; }

static int32_t take_count(struct bytes *facts) {
    int64_t value = take_zigzag(facts);
    if (value != (int32_t)value) damaged("a count of more than 32 bits");
    return (int32_t)value;
}

static uint32_t take_number(struct bytes *facts) {
    uint64_t value = take_varint(facts);
    if (value > UINT32_MAX) damaged("a number of more than 32 bits");
    return (uint32_t)value;
}

static int take_flag(struct bytes *facts) {
    uint8_t byte = take_u8(facts);
    if (byte > 1) damaged("a flag");
    return byte;
}

static int64_t floor_divide(int64_t left, int64_t right) { return left / right - (left % right < 0); }

static void issue(struct ledger_state *state, uint32_t card, struct bytes *facts, struct moment moment) {
    uint64_t program = take_varint(facts);
    struct bytes serial = take_bytes(facts, take_varint(facts));
    struct bytes customer = take_bytes(facts, take_varint(facts));
    if (card != state->card_count + 1 || program > UINT16_MAX) damaged("a card out of order");
    add_card(serial, customer);
    if (state->card_count == state->card_room) {
        state->card_room = state->card_room == 0 ? 1024 : state->card_room * 2;
        state->cards = realloc(state->cards, state->card_room * sizeof *state->cards);
        if (state->cards == NULL) damaged("no memory");
    }
    struct card_state *new = &state->cards[state->card_count++];
    memset(new, 0, sizeof *new);
    new->issued_at = moment.occurred_at;
    new->program = (uint16_t)program;
    new->greatest_effective_at = new->last_stamp_at = new->last_award_at = new->last_reward_at = new->last_redeemed_at = never;
    new->last_visit_on = new->last_purchase_on = new->last_stamp_on = new->capped_on = no_day;
}

static void earn(struct card_state *card, int32_t stamps, struct moment moment) {
    if (stamps <= 0) return;
    card->purse.earned += stamps;
    card->purse.balance += stamps;
    card->last_stamp_at = later(card->last_stamp_at, moment.occurred_at);
    card->last_stamp_on = later_day(card->last_stamp_on, moment.occurred_on);
}

static void change_remainder(struct card_state *card, uint32_t rules, int64_t change) {
    if (rules > card->remainder_rules) {
        card->remainder_rules = rules;
        card->remainder_open = 0;
    }
    if (rules == card->remainder_rules) card->remainder_open += change;
}

static void purchase(struct card_state *card, struct bytes *facts, struct moment moment) {
    int64_t amount = take_zigzag(facts);
    uint32_t rules = take_number(facts);
    int32_t stamps = take_count(facts);
    take_count(facts);
    card->lifetime_value += amount;
    card->transaction_amount += amount;
    card->visits += 1;
    card->purchases += 1;
    card->last_visit_on = later_day(card->last_visit_on, moment.occurred_on);
    card->last_purchase_on = later_day(card->last_purchase_on, moment.occurred_on);
    change_remainder(card, rules, amount);
    if (stamps > 0) {
        card->stamped_visits += 1;
        card->last_award_at = later(card->last_award_at, moment.occurred_at);
    }
    if (moment.occurred_on > card->capped_on) {
        card->capped_on = moment.occurred_on;
        card->capped = 0;
    }
    if (moment.occurred_on == card->capped_on) card->capped += stamps;
    earn(card, stamps, moment);
}

static int32_t take_optional_day(struct bytes *facts) { return take_flag(facts) ? take_count(facts) : no_day; }

static void reduce(struct card_state *card, struct bytes *facts) {
    take_number(facts);
    uint32_t rules = take_number(facts);
    uint8_t flags = take_u8(facts);
    if (flags >= 32) damaged("flags of a reduction");
    int64_t amount = take_zigzag(facts), eligible = amount;
    take_count(facts);
    take_count(facts);
    if (flags & 8) eligible = take_zigzag(facts);
    if (flags & 16) take_count(facts);
    card->lifetime_value -= amount;
    card->transaction_amount -= amount;
    if (flags & 1) change_remainder(card, rules, -eligible);
    if (flags & 2) {
        card->visits -= 1;
        if (flags & 1) card->purchases -= 1;
        if (flags & 4) card->stamped_visits -= 1;
    }
}

static void skip_name(struct bytes *facts) {
    if (!take_flag(facts)) return;
    if (!take_flag(facts)) return;
    if (take_u8(facts) == 2) {
        take_varint(facts);
        take_varint(facts);
    } else {
        take_bytes(facts, 16);
    }
}

static void refund(struct card_state *card, struct bytes *facts) {
    take_zigzag(facts);
    skip_name(facts);
    for (uint64_t left = take_varint(facts); left > 0; left--) reduce(card, facts);
    int32_t due = take_count(facts), taken = take_count(facts);
    card->purse.removed += taken;
    card->purse.balance -= taken;
    card->purse.uncollected += due - taken;
    if (take_flag(facts)) {
        card->purse.debt_carried += due - taken;
        card->purse.debt += due - taken;
    }
    if (take_flag(facts)) {
        card->last_visit_on = take_optional_day(facts);
        card->last_purchase_on = take_optional_day(facts);
    }
}

static void add_rewards(struct card_state *card, int32_t rewards, int64_t effective_at) {
    card->rewards_earned += rewards;
    card->rewards_available += rewards;
    card->last_reward_at = later(card->last_reward_at, effective_at);
}

static void unlock(struct card_state *card, struct bytes *facts, int64_t effective_at) {
    int32_t rewards = take_count(facts), stamps = take_count(facts);
    take_number(facts);
    card->purse.converted += stamps;
    card->purse.balance -= stamps;
    add_rewards(card, rewards, effective_at);
}

static void fold_event(struct card_state *card, uint8_t type, struct bytes *facts, struct moment moment, int64_t effective_at) {
    switch (type) {
    case card_issued: break;
    case purchase_recorded: purchase(card, facts, moment); break;
    case stamps_added: earn(card, take_count(facts), moment); break;
    case rewards_unlocked: unlock(card, facts, effective_at); break;
    case amount_refunded: refund(card, facts); break;
    case rewards_granted: {
        int32_t rewards = take_count(facts);
        card->lifetime_value += take_zigzag(facts);
        add_rewards(card, rewards, effective_at);
        break;
    }
    case rewards_redeemed: {
        int32_t rewards = take_count(facts);
        take_zigzag(facts);
        card->rewards_redeemed += rewards;
        card->rewards_available -= rewards;
        card->last_redeemed_at = later(card->last_redeemed_at, effective_at);
        break;
    }
    case expiry_set:
        card->expires_on = take_optional_day(facts);
        card->has_expiry = card->expires_on != no_day;
        card->is_expiry_recorded = 0;
        break;
    default: damaged("an event that is not of a load");
    }
}

void fold_record(struct ledger_state *state, uint32_t number, uint64_t events, struct bytes facts, int64_t recorded_at) {
    struct moment moment = {.occurred_at = recorded_at - take_zigzag(&facts)};
    uint8_t flags = take_u8(&facts);
    if (flags >= 0x40) damaged("a record's flags");
    if (flags & 0x20) take_number(&facts);
    moment.occurred_on = (int32_t)floor_divide(moment.occurred_at, 86400000) + (flags >> 3 & 3) - 1;
    for (uint64_t event = 0; event < events; event++) {
        uint8_t tag = take_u8(&facts);
        int64_t effective_at = moment.occurred_at;
        if (tag & later_flag) effective_at += (int64_t)take_varint(&facts);
        if ((tag & ~later_flag) == card_issued) issue(state, number, &facts, moment);
        if (number == 0 || number > state->card_count) damaged("a card that is not issued");
        struct card_state *card = &state->cards[number - 1];
        card->version += 1;
        if ((tag & ~later_flag) == command_refused) {
            // The last event of its record; what was asked for changes nothing.
            card->refusals += 1;
            state->refusals += 1;
            return;
        }
        card->greatest_effective_at = later(card->greatest_effective_at, effective_at);
        state->greatest_effective_at = later(state->greatest_effective_at, effective_at);
        fold_event(card, tag & ~later_flag, &facts, moment, effective_at);
    }
    if (facts.place != facts.end) damaged("bytes behind a record's events");
}
