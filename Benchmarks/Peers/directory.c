// Serials: each card's number by its serial, and who holds it.
#include "limit.h"

#include <stdlib.h>
#include <string.h>

struct text {
    uint32_t offset;
    uint8_t serial, customer;
};

/// A card by 32 bits of its serial's hash, so that another card's text is hardly ever looked at; card 0 is none.
struct slot {
    uint32_t hash, card;
};

static char *texts;
static size_t texts_size, texts_room;
static struct text *places;
static struct slot *slots;
static size_t slot_count, count;

static uint32_t hash(const uint8_t *bytes, size_t size) {
    uint64_t value = 0x9E3779B97F4A7C15u ^ size;
    while (size > 0) {
        uint64_t word = 0;
        size_t part = size < 8 ? size : 8;
        memcpy(&word, bytes, part);
        value = (value ^ word) * 0xBF58476D1CE4E5B9u;
        value = (value ^ value >> 32) * 0x94D049BB133111EBu;
        value ^= value >> 29;
        bytes += part;
        size -= part;
    }
    return (uint32_t)value;
}

static size_t free_slot(uint32_t hash) {
    size_t index = hash & (slot_count - 1);
    while (slots[index].card != 0) index = (index + 1) & (slot_count - 1);
    return index;
}

static void grow(void) {
    struct slot *before = slots;
    size_t before_count = slot_count;
    slot_count = slot_count == 0 ? 4096 : slot_count * 2;
    slots = calloc(slot_count, sizeof *slots);
    places = realloc(places, slot_count / 2 * sizeof *places);
    if (slots == NULL || places == NULL) damaged("no memory");
    for (size_t index = 0; index < before_count; index++) {
        if (before[index].card != 0) slots[free_slot(before[index].hash)] = before[index];
    }
    free(before);
}

/// The slot for a serial that was not issued yet.
static size_t new_slot(uint32_t hash, const uint8_t *serial, size_t size) {
    size_t index = hash & (slot_count - 1);
    for (; slots[index].card != 0; index = (index + 1) & (slot_count - 1)) {
        if (slots[index].hash != hash) continue;
        const struct text *known = &places[slots[index].card - 1];
        if (known->serial == size && memcmp(texts + known->offset, serial, size) == 0) damaged("a card issued twice");
    }
    return index;
}

void add_card(struct bytes serial, struct bytes customer) {
    if (count == slot_count / 2) grow();
    size_t serial_size = (size_t)(serial.end - serial.place), customer_size = (size_t)(customer.end - customer.place);
    if (serial_size == 0 || serial_size > 64 || customer_size == 0 || customer_size > 64) damaged("an identifier");
    if (texts_size + 128 > texts_room) {
        texts_room = texts_room == 0 ? 1 << 20 : texts_room * 2;
        texts = realloc(texts, texts_room);
        if (texts == NULL) damaged("no memory");
    }
    uint32_t code = hash(serial.place, serial_size);
    size_t index = new_slot(code, serial.place, serial_size);
    places[count] = (struct text){(uint32_t)texts_size, (uint8_t)serial_size, (uint8_t)customer_size};
    memcpy(texts + texts_size, serial.place, serial_size);
    memcpy(texts + texts_size + serial_size, customer.place, customer_size);
    texts_size += serial_size + customer_size;
    slots[index] = (struct slot){code, (uint32_t)++count};
}
