// rocksdb load ROWS DIR COMMANDS | rocksdb scan DIR: rows by big-endian number, a synchronous write batch, LZ4.
#include <rocksdb/c.h>

#include "clock.h"
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(char *error, const char *what) {
    if (error == NULL) return;
    fprintf(stderr, "%s: %s\n", what, error);
    exit(1);
}

static rocksdb_t *open_database(const char *directory) {
    rocksdb_options_t *options = rocksdb_options_create();
    rocksdb_options_set_create_if_missing(options, 1);
    rocksdb_options_increase_parallelism(options, 2);
    rocksdb_options_set_compression(options, rocksdb_lz4_compression);
    char *error = NULL;
    rocksdb_t *database = rocksdb_open(options, directory, &error);
    check(error, directory);
    return database;
}

static void load(struct rows rows, const char *directory, uint64_t commands_per_batch) {
    rocksdb_t *database = open_database(directory);
    rocksdb_writeoptions_t *options = rocksdb_writeoptions_create();
    rocksdb_writeoptions_set_sync(options, 1);
    rocksdb_writebatch_t *writes = rocksdb_writebatch_create();
    struct row_batch batch = {0};
    uint64_t events = 0, commands = 0, batches = 0;
    char *error = NULL;
    int64_t start = now_ns();
    while (next_batch(rows, commands_per_batch, &batch)) {
        uint64_t number = batch.first;
        for (const uint8_t *place = batch.start; place < batch.end; number += 1) {
            const struct row *row = (const struct row *)place;
            uint64_t key = __builtin_bswap64(number);
            rocksdb_writebatch_put(writes, (const char *)&key, sizeof key, (const char *)place, row_size(row));
            place += row_size(row);
        }
        rocksdb_write(database, options, writes, &error);
        check(error, "write");
        rocksdb_writebatch_clear(writes);
        events += batch.rows;
        commands += batch.commands;
        batches += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    rocksdb_flushoptions_t *flush = rocksdb_flushoptions_create();
    rocksdb_flush(database, flush, &error);
    check(error, "flush");
    rocksdb_compact_range(database, NULL, 0, NULL, 0);
    rocksdb_close(database);
    printf("seconds=%.6f\nevents=%lu\ncommands=%lu\nbatches=%lu\n", seconds, events, commands, batches);
}

static void scan(const char *directory) {
    rocksdb_t *database = open_database(directory);
    int64_t start = now_ns();
    rocksdb_readoptions_t *options = rocksdb_readoptions_create();
    rocksdb_iterator_t *iterator = rocksdb_create_iterator(database, options);
    uint64_t events = 0;
    int64_t sum = 0;
    for (rocksdb_iter_seek_to_first(iterator); rocksdb_iter_valid(iterator); rocksdb_iter_next(iterator)) {
        size_t size;
        const struct row *row = (const struct row *)rocksdb_iter_value(iterator, &size);
        sum += row->occurred + row->card + row->amount + row->stamps + row->rewards + row->kind;
        events += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    rocksdb_iter_destroy(iterator);
    rocksdb_close(database);
    printf("seconds=%.6f\nevents=%lu\nsum=%ld\n", seconds, events, sum);
}

int main(int count, char **arguments) {
    if (count == 5 && strcmp(arguments[1], "load") == 0) {
        load(read_rows(arguments[2]), arguments[3], strtoull(arguments[4], NULL, 10));
    } else if (count == 3 && strcmp(arguments[1], "scan") == 0) {
        scan(arguments[2]);
    } else {
        fail("usage: rocksdb load ROWS DIR COMMANDS | rocksdb scan DIR");
    }
    return 0;
}
