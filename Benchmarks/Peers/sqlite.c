// sqlite load ROWS FILE COMMANDS | sqlite scan FILE | sqlite cards FILE CARDS ROUNDS warm|cold
#include <sqlite3.h>

#include "clock.h"
#include "rows.h"
#include "sqlite_schema.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check(int code, sqlite3 *database, const char *what) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
    exit(1);
}

static void execute(sqlite3 *database, const char *text) {
    check(sqlite3_exec(database, text, NULL, NULL, NULL), database, text);
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *text) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), database, text);
    return statement;
}

static sqlite3 *open_database(const char *file) {
    sqlite3 *database;
    check(sqlite3_open(file, &database), database, file);
    execute(database, pragmas);
    return database;
}

static void step(sqlite3 *database, sqlite3_stmt *statement) {
    check(sqlite3_step(statement), database, "insert");
    sqlite3_reset(statement);
}

static void bind_event(sqlite3_stmt *insert, const struct row *row, uint64_t number) {
    enum { refund = 10 };
    sqlite3_bind_int64(insert, 1, (int64_t)number);
    sqlite3_bind_int64(insert, 2, row->card);
    sqlite3_bind_int64(insert, 3, row->occurred);
    sqlite3_bind_int64(insert, 4, row->occurred + row->recorded_after);
    sqlite3_bind_int(insert, 5, row->kind);
    sqlite3_bind_int(insert, 6, row->source);
    sqlite3_bind_int64(insert, 7, row->amount);
    sqlite3_bind_int(insert, 8, row->stamps);
    sqlite3_bind_int(insert, 9, row->rewards);
    sqlite3_bind_int(insert, 10, row->rule_version);
    sqlite3_bind_int(insert, 11, row->attribution);
    const char *text = (const char *)(row + 1);
    int size = row->tail;
    if (row->kind == refund) {
        int64_t named;
        memcpy(&named, text, sizeof named);
        sqlite3_bind_int64(insert, 12, named);
        text += sizeof named;
        size -= (int)sizeof named;
    } else {
        sqlite3_bind_null(insert, 12);
    }
    if (size > 0) {
        sqlite3_bind_text(insert, 13, text, size, SQLITE_STATIC);
    } else {
        sqlite3_bind_null(insert, 13);
    }
}

static void bind_command(sqlite3_stmt *insert, const struct row *row, uint64_t number, int is_opaque) {
    if (is_opaque) {
        sqlite3_bind_blob(insert, 1, &row->id_high, 16, SQLITE_STATIC);
        sqlite3_bind_int64(insert, 2, (int64_t)number);
    } else {
        sqlite3_bind_int64(insert, 1, (int64_t)row->id_high);
        sqlite3_bind_int64(insert, 2, (int64_t)row->id_low);
        sqlite3_bind_int64(insert, 3, (int64_t)number);
    }
}

static void load(struct rows rows, const char *file, uint64_t commands_per_batch) {
    sqlite3 *database = open_database(file);
    // Numbers of one source have a small number in the upper half, and 16 bytes that say nothing have not.
    int is_opaque = ((const struct row *)(rows.bytes + 8))->id_high > UINT32_MAX;
    execute(database, schema);
    execute(database, is_opaque ? opaque_ids : sequence_ids);
    sqlite3_stmt *event = prepare(database, insert_event);
    sqlite3_stmt *command = prepare(database, is_opaque ? insert_opaque : insert_sequence);
    struct row_batch batch = {0};
    uint64_t events = 0, commands = 0, batches = 0;
    int64_t start = now_ns();
    while (next_batch(rows, commands_per_batch, &batch)) {
        execute(database, "BEGIN");
        uint64_t number = batch.first;
        const struct row *before = NULL;
        for (const uint8_t *place = batch.start; place < batch.end; number += 1) {
            const struct row *row = (const struct row *)place;
            bind_event(event, row, number);
            step(database, event);
            if (!same_command(row, before)) {
                bind_command(command, row, number, is_opaque);
                step(database, command);
            }
            before = row;
            place += row_size(row);
        }
        execute(database, "COMMIT");
        events += batch.rows;
        commands += batch.commands;
        batches += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    sqlite3_finalize(event);
    sqlite3_finalize(command);
    execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    check(sqlite3_close(database), database, "close");
    printf("seconds=%.6f\nevents=%lu\ncommands=%lu\nbatches=%lu\n", seconds, events, commands, batches);
}

/// Reads every column of the current row.
static int64_t read_row(sqlite3_stmt *statement) {
    int64_t sum = 0;
    for (int column = 0; column < 12; column++) sum += sqlite3_column_int64(statement, column);
    const unsigned char *text = sqlite3_column_text(statement, 12);
    return sum + (text != NULL ? text[0] : 0);
}

static void scan(const char *file) {
    sqlite3 *database = open_database(file);
    sqlite3_stmt *select = prepare(database, select_all);
    uint64_t events = 0;
    int64_t sum = 0;
    int64_t start = now_ns();
    while (sqlite3_step(select) == SQLITE_ROW) {
        sum += read_row(select);
        events += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    printf("seconds=%.6f\nevents=%lu\nsum=%ld\n", seconds, events, sum);
}

/// Lets go of the pages of a file, so that the next read comes from the device.
static void drop_pages(const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0) return;
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
}

/// Selects each card of a file of numbers, one a line, so many times, and prints how long one select takes.
static void cards(const char *file, const char *list, int rounds, int is_cold) {
    FILE *numbers = fopen(list, "r");
    require(numbers != NULL, list);
    static int64_t times[1 << 20];
    size_t count = 0;
    uint64_t events = 0;
    sqlite3 *database = is_cold ? NULL : open_database(file);
    sqlite3_stmt *select = is_cold ? NULL : prepare(database, select_card);
    for (int round = 0; round < rounds; round++) {
        rewind(numbers);
        unsigned long card;
        while (fscanf(numbers, "%lu", &card) == 1 && count < sizeof times / sizeof *times) {
            if (is_cold) {
                // Open and prepared, as ours is; a cache of its own would keep pages that the system let go of.
                database = open_database(file);
                select = prepare(database, select_card);
                execute(database, "PRAGMA mmap_size = 0");
                drop_pages(file);
            }
            int64_t start = now_ns();
            sqlite3_bind_int64(select, 1, (int64_t)card);
            while (sqlite3_step(select) == SQLITE_ROW) {
                read_row(select);
                events += 1;
            }
            sqlite3_reset(select);
            // The first round of warm ones brings the pages in.
            if (is_cold || round > 0) times[count++] = now_ns() - start;
            if (is_cold) {
                sqlite3_finalize(select);
                sqlite3_close(database);
            }
        }
    }
    printf("selects=%zu\nevents=%lu\n", count, events);
    print_percentiles("select", times, count);
}

int main(int count, char **arguments) {
    if (count == 5 && strcmp(arguments[1], "load") == 0) {
        load(read_rows(arguments[2]), arguments[3], strtoull(arguments[4], NULL, 10));
    } else if (count == 3 && strcmp(arguments[1], "scan") == 0) {
        scan(arguments[2]);
    } else if (count == 6 && strcmp(arguments[1], "cards") == 0) {
        cards(arguments[2], arguments[3], atoi(arguments[4]), strcmp(arguments[5], "cold") == 0);
    } else {
        fail("usage: sqlite load ROWS FILE COMMANDS | scan FILE | cards FILE CARDS ROUNDS warm|cold");
    }
    return 0;
}
