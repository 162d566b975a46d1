// Command ids: where the record of each lies, so that it is answered once.
#include "limit.h"

#include <stdlib.h>
#include <string.h>

enum { sources = 256 };

struct sequence {
    uint64_t *positions;
    size_t room;
};

struct opaque {
    uint64_t high, low, position;
};

static struct sequence sequences[sources];
static struct opaque *slots;
static size_t slot_count, opaque_count;
static uint64_t noted;

static void note_sequence(uint64_t source, uint64_t number, uint64_t position) {
    if (source >= sources || number > (uint64_t)1 << 32) damaged("a source or number that no load has");
    struct sequence *sequence = &sequences[source];
    if (number >= sequence->room) {
        size_t room = sequence->room == 0 ? 4096 : sequence->room;
        while (room <= number) room *= 2;
        sequence->positions = realloc(sequence->positions, room * sizeof(uint64_t));
        if (sequence->positions == NULL) damaged("no memory");
        memset(sequence->positions + sequence->room, 0, (room - sequence->room) * sizeof(uint64_t));
        sequence->room = room;
    }
    sequence->positions[number] = position;
}

static void put(uint64_t high, uint64_t low, uint64_t position) {
    size_t index = (high ^ low * 0x9E3779B97F4A7C15u) & (slot_count - 1);
    while (slots[index].position != 0 && (slots[index].high != high || slots[index].low != low)) {
        index = (index + 1) & (slot_count - 1);
    }
    slots[index] = (struct opaque){high, low, position};
}

static void note_opaque(uint64_t high, uint64_t low, uint64_t position) {
    if (opaque_count * 3 >= slot_count * 2) {
        struct opaque *before = slots;
        size_t before_count = slot_count;
        slot_count = slot_count == 0 ? 4096 : slot_count * 2;
        slots = calloc(slot_count, sizeof *slots);
        if (slots == NULL) damaged("no memory");
        for (size_t index = 0; index < before_count; index++) {
            if (before[index].position != 0) put(before[index].high, before[index].low, before[index].position);
        }
        free(before);
    }
    put(high, low, position);
    opaque_count += 1;
}

void note_command(struct bytes *ids, struct record_id *id, uint64_t position) {
    uint8_t form = take_u8(ids);
    switch (form) {
    case 1:
        if (id->form != 2) damaged("a next number behind none");
        id->low += 1;
        break;
    case 2:
        id->form = 2;
        id->high = take_varint(ids);
        id->low = take_varint(ids);
        break;
    case 3:
    case 4: {
        struct bytes whole = take_bytes(ids, 16);
        id->form = form;
        memcpy(&id->high, whole.place, 8);
        memcpy(&id->low, whole.place + 8, 8);
        break;
    }
    default: damaged("the form of an id");
    }
    if (id->form == 2) {
        note_sequence(id->high, id->low, position);
    } else {
        note_opaque(id->high, id->low, position);
    }
    noted += 1;
}

uint64_t command_count(void) { return noted; }
