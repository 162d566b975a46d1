// Segments: headers, directories, sections and trailers with all their checks (DESIGN.md 4).
#include "CIntrinsics.h"
#include "clock.h"
#include "limit.h"

#include <dirent.h>
#include <fcntl.h>
#include <lz4.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { header_size = 512, batch_size = 96, entry_size = 56, trailer_size = 8, section_limit = 1 << 20, lookahead = 12 };
enum { kind_events = 0x31544142, kind_marker = 0x314b524d, kind_seal = 0x31414553, trailer_magic = 0x31444e45 };
enum { part_header, part_directory, part_facts, part_ids };

struct segment {
    int file;
    /// All of the file's size, of which so many bytes were read.
    uint8_t *bytes;
    size_t size, filled;
    uint64_t ordinal;
    uint32_t crc_of_id;
};

struct chain {
    uint64_t next_position, link;
    int64_t recorded_at;
};

static uint8_t log_id[16];

static uint32_t u32(const uint8_t *bytes) { uint32_t value; memcpy(&value, bytes, 4); return value; }
static uint64_t u64(const uint8_t *bytes) { uint64_t value; memcpy(&value, bytes, 8); return value; }

static uint32_t mixed(const struct segment *segment, uint64_t number, uint64_t part, const uint8_t *bytes, size_t count) {
    uint64_t prefix[3] = {segment->ordinal, number, part};
    uint32_t crc = ll_crc32c_hardware(segment->crc_of_id, (const uint8_t *)prefix, sizeof prefix);
    return ll_crc32c_hardware(crc, bytes, count);
}

/// Checks a section, takes its mask off and decompresses it.
static struct bytes section(const struct segment *segment, const uint8_t *entry, int number, uint64_t position, const uint8_t *stored,
                            uint8_t *masked, uint8_t *raw) {
    const uint8_t *counts = entry + 16 + 12 * number;
    uint32_t raw_size = u32(counts), stored_size = u32(counts + 4);
    if (raw_size == 0 || raw_size > section_limit || stored_size == 0 || stored_size > raw_size) damaged("a section's size");
    if (mixed(segment, position, part_facts + (uint64_t)number, stored, stored_size) != u32(counts + 8)) damaged("a section");
    uint8_t mask = entry[55];
    if (mask != 0) {
        for (uint32_t index = 0; index < stored_size; index++) masked[index] = stored[index] ^ mask;
        stored = masked;
    }
    if (entry[52 + number] == 0) {
        memcpy(raw, stored, raw_size);
    } else if (LZ4_decompress_safe((const char *)stored, (char *)raw, (int)stored_size, (int)raw_size) != (int)raw_size) {
        damaged("LZ4 data");
    }
    return (struct bytes){raw, raw + raw_size};
}

/// Brings the state of a card some records ahead into the cache.
static void look_ahead(struct bytes *ahead, const struct ledger_state *state) {
    if (ahead->place >= ahead->end) return;
    uint64_t stream = take_varint(ahead);
    take_varint(ahead);
    take_bytes(ahead, take_varint(ahead));
    if (stream == 0 || stream > state->card_count) return;
    const char *card = (const char *)&state->cards[stream - 1];
    for (size_t line = 0; line < 192; line += 64) __builtin_prefetch(card + line, 1);
}

static void fold_block(const struct segment *segment, const uint8_t *entry, const uint8_t *stored, int64_t recorded_at,
                       struct ledger_state *state) {
    static uint8_t masked[section_limit], facts_room[section_limit + 64], ids_room[section_limit + 64];
    uint64_t position = u64(entry);
    uint32_t events = u32(entry + 8), records = u32(entry + 12);
    if (position != state->position + 1 || records == 0 || events < records) damaged("a block's counts");
    struct bytes facts = section(segment, entry, 0, position, stored, masked, facts_room);
    struct bytes ids = section(segment, entry, 1, position, stored + u32(entry + 20), masked, ids_room);
    struct bytes ahead = facts;
    for (int record = 0; record < lookahead; record++) look_ahead(&ahead, state);
    struct record_id id = {0};
    for (uint32_t record = 0; record < records; record++) {
        look_ahead(&ahead, state);
        uint64_t stream = take_varint(&facts), count = take_varint(&facts);
        struct bytes content = take_bytes(&facts, take_varint(&facts));
        if (stream > UINT32_MAX || count == 0 || count > UINT16_MAX) damaged("a record's head");
        note_command(&ids, &id, state->position + 1);
        if (stream == 0) {
            state->ledger_events += count;
        } else {
            fold_record(state, (uint32_t)stream, count, content, recorded_at);
        }
        state->position += count;
        state->records += 1;
    }
    if (facts.place != facts.end || ids.place != ids.end || state->position + 1 != position + events) damaged("a block's end");
}

/// Reads on until so many bytes are there: an active segment is mostly zeros, which nobody needs.
static void fill(struct segment *segment, size_t end) {
    enum { step = 1 << 18 };
    if (end > segment->size) damaged("the end of a segment");
    while (segment->filled < end) {
        size_t wanted = end - segment->filled < step ? step : end - segment->filled;
        if (wanted > segment->size - segment->filled) wanted = segment->size - segment->filled;
        ssize_t count = pread(segment->file, segment->bytes + segment->filled, wanted, (off_t)segment->filled);
        require(count > 0, "reading a segment");
        segment->filled += (size_t)count;
    }
}

/// Checks a batch and folds it; its length, or 0 where the segment ends.
static size_t read_batch(struct segment *segment, size_t offset, struct chain *chain, struct ledger_state *state) {
    const uint8_t *header = segment->bytes + offset;
    if (offset + batch_size + trailer_size > segment->size) return 0;
    fill(segment, offset + batch_size + trailer_size);
    if (u32(header) == 0) return 0;
    if (mixed(segment, offset, part_header, header, 92) != u32(header + 92)) damaged("a batch header");
    uint32_t kind = u32(header), length = u32(header + 4);
    uint16_t blocks;
    memcpy(&blocks, header + 24, 2);
    if (kind != kind_events && kind != kind_marker && kind != kind_seal) damaged("a kind");
    size_t head = batch_size + (size_t)blocks * entry_size;
    if (length % 8 != 0 || length < head + trailer_size || offset + length > segment->size) damaged("a length");
    fill(segment, offset + length);
    int64_t recorded_at = (int64_t)u64(header + 32);
    if (u64(header + 8) != chain->next_position || u64(header + 48) != chain->link || recorded_at < chain->recorded_at) {
        damaged("a batch that does not follow");
    }
    if (mixed(segment, u64(header + 8), part_directory, header + batch_size, head - batch_size) != u32(header + 88)) damaged("a directory");
    const uint8_t *stored = header + head;
    const uint8_t *trailer = header + length - trailer_size;
    if (u32(trailer) != trailer_magic || u32(trailer + 4) != u32(header + 92)) damaged("a trailer");
    for (uint16_t block = 0; block < blocks; block++) {
        const uint8_t *entry = header + batch_size + (size_t)block * entry_size;
        size_t size = (size_t)u32(entry + 20) + u32(entry + 32) + u32(entry + 44);
        if (stored + size > trailer) damaged("the size of a block");
        fold_block(segment, entry, stored, recorded_at, state);
        stored += size;
    }
    for (; stored < trailer; stored++) if (*stored != 0) damaged("padding");
    *chain = (struct chain){u64(header + 8) + u32(header + 16), u64(header + 56), recorded_at};
    if (state->position + 1 != chain->next_position) damaged("the events of a batch");
    return length;
}

static void read_segment(const char *path, struct chain *chain, struct ledger_state *state) {
    static uint8_t *room;
    static size_t room_size;
    int file = open(path, O_RDONLY);
    struct stat status;
    require(file >= 0 && fstat(file, &status) == 0, path);
    size_t size = (size_t)status.st_size;
    if (size > room_size) {
        room = realloc(room, size);
        room_size = size;
    }
    struct segment segment = {.file = file, .bytes = room, .size = size};
    fill(&segment, header_size);
    if (ll_crc32c_hardware(0, room, 508) != u32(room + 508)) damaged("a segment header");
    segment.ordinal = u64(room + 32);
    if (segment.ordinal == 0) memcpy(log_id, room + 16, sizeof log_id);
    if (memcmp(log_id, room + 16, sizeof log_id) != 0) damaged("a segment of another log");
    segment.crc_of_id = ll_crc32c_hardware(0, log_id, sizeof log_id);
    if (u64(room + 40) != chain->next_position || u64(room + 72) != chain->link) damaged("a segment that does not follow");
    size_t offset = header_size;
    for (size_t length; (length = read_batch(&segment, offset, chain, state)) > 0;) offset += length;
    close(file);
}

static int is_segment(const struct dirent *entry) {
    const char *dot = strchr(entry->d_name, '.');
    return dot != NULL && strcmp(dot, ".segment") == 0;
}

void read_log(const char *directory, struct ledger_state *state) {
    struct dirent **names;
    int count = scandir(directory, &names, is_segment, alphasort);
    require(count > 0, directory);
    struct chain chain = {1, 0, INT64_MIN};
    for (int index = 0; index < count; index++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, names[index]->d_name);
        read_segment(path, &chain, state);
    }
}
