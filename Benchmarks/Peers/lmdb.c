// lmdb load ROWS DIR COMMANDS | lmdb scan DIR: rows by number, appended, a synchronous commit a batch.
#include <lmdb.h>

#include "clock.h"
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void check(int code, const char *what) {
    if (code == 0) return;
    fprintf(stderr, "%s: %s\n", what, mdb_strerror(code));
    exit(1);
}

static MDB_env *open_environment(const char *directory, unsigned flags) {
    MDB_env *environment;
    check(mdb_env_create(&environment), "create");
    check(mdb_env_set_mapsize(environment, (size_t)64 << 30), "map size");
    check(mdb_env_open(environment, directory, flags, 0600), directory);
    return environment;
}

static void load(struct rows rows, const char *directory, uint64_t commands_per_batch) {
    mkdir(directory, 0700);
    MDB_env *environment = open_environment(directory, 0);
    struct row_batch batch = {0};
    uint64_t events = 0, commands = 0, batches = 0;
    int64_t start = now_ns();
    while (next_batch(rows, commands_per_batch, &batch)) {
        MDB_txn *transaction;
        MDB_dbi table;
        check(mdb_txn_begin(environment, NULL, 0, &transaction), "begin");
        check(mdb_dbi_open(transaction, NULL, MDB_INTEGERKEY, &table), "table");
        MDB_cursor *cursor;
        check(mdb_cursor_open(transaction, table, &cursor), "cursor");
        uint64_t number = batch.first;
        for (const uint8_t *place = batch.start; place < batch.end; number += 1) {
            const struct row *row = (const struct row *)place;
            MDB_val key = {sizeof number, &number};
            MDB_val value = {row_size(row), (void *)place};
            check(mdb_cursor_put(cursor, &key, &value, MDB_APPEND), "put");
            place += row_size(row);
        }
        mdb_cursor_close(cursor);
        check(mdb_txn_commit(transaction), "commit");
        events += batch.rows;
        commands += batch.commands;
        batches += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    mdb_env_close(environment);
    printf("seconds=%.6f\nevents=%lu\ncommands=%lu\nbatches=%lu\n", seconds, events, commands, batches);
}

static void scan(const char *directory) {
    MDB_env *environment = open_environment(directory, MDB_RDONLY);
    MDB_txn *transaction;
    MDB_dbi table;
    check(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction), "begin");
    check(mdb_dbi_open(transaction, NULL, MDB_INTEGERKEY, &table), "table");
    int64_t start = now_ns();
    MDB_cursor *cursor;
    check(mdb_cursor_open(transaction, table, &cursor), "cursor");
    MDB_val key, value;
    uint64_t events = 0;
    int64_t sum = 0;
    while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
        const struct row *row = value.mv_data;
        sum += row->occurred + row->card + row->amount + row->stamps + row->rewards + row->kind;
        events += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    printf("seconds=%.6f\nevents=%lu\nsum=%ld\n", seconds, events, sum);
}

int main(int count, char **arguments) {
    if (count == 5 && strcmp(arguments[1], "load") == 0) {
        load(read_rows(arguments[2]), arguments[3], strtoull(arguments[4], NULL, 10));
    } else if (count == 3 && strcmp(arguments[1], "scan") == 0) {
        scan(arguments[2]);
    } else {
        fail("usage: lmdb load ROWS DIR COMMANDS | lmdb scan DIR");
    }
    return 0;
}
