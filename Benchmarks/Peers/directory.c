// Serials: each card's number by its serial, and who holds it.
#include "limit.h"

#include <stdlib.h>
#include <string.h>

struct text {
    uint32_t offset;
    uint8_t serial, customer;
};

static char *texts;
static size_t texts_size, texts_room;
static struct text *places;
static uint32_t *slots;
static size_t slot_count, count;

static uint64_t hash(const uint8_t *bytes, size_t size) {
    uint64_t value = 0x9E3779B97F4A7C15u ^ size;
    while (size > 0) {
        uint64_t word = 0;
        size_t part = size < 8 ? size : 8;
        memcpy(&word, bytes, part);
        value = (value ^ word) * 0xBF58476D1CE4E5B9u;
        value ^= value >> 29;
        bytes += part;
        size -= part;
    }
    return value;
}

static size_t slot(const uint8_t *serial, size_t size) {
    size_t index = hash(serial, size) & (slot_count - 1);
    while (slots[index] != 0) {
        const struct text *known = &places[slots[index] - 1];
        if (known->serial == size && memcmp(texts + known->offset, serial, size) == 0) damaged("a card issued twice");
        index = (index + 1) & (slot_count - 1);
    }
    return index;
}

static void grow(void) {
    slot_count = slot_count == 0 ? 4096 : slot_count * 2;
    free(slots);
    slots = calloc(slot_count, sizeof *slots);
    places = realloc(places, slot_count / 2 * sizeof *places);
    if (slots == NULL || places == NULL) damaged("no memory");
    for (size_t card = 0; card < count; card++) {
        slots[slot((const uint8_t *)texts + places[card].offset, places[card].serial)] = (uint32_t)card + 1;
    }
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
    size_t index = slot(serial.place, serial_size);
    places[count] = (struct text){(uint32_t)texts_size, (uint8_t)serial_size, (uint8_t)customer_size};
    memcpy(texts + texts_size, serial.place, serial_size);
    memcpy(texts + texts_size + serial_size, customer.place, customer_size);
    texts_size += serial_size + customer_size;
    slots[index] = (uint32_t)++count;
}
