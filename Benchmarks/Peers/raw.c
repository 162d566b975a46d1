// raw ROWS FILE COMMANDS: writes the rows of so many commands at once into a file filled with zeros, and syncs each time.
#include "clock.h"
#include "rows.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **arguments) {
    require(count == 4, "usage: raw ROWS FILE COMMANDS");
    struct rows rows = read_rows(arguments[1]);
    int file = open(arguments[2], O_CREAT | O_TRUNC | O_RDWR, 0600);
    require(file >= 0, arguments[2]);
    static char zeros[1 << 20];
    for (size_t done = 0; done < rows.size; done += sizeof zeros) {
        require(write(file, zeros, sizeof zeros) == sizeof zeros, "zeros");
    }
    require(fsync(file) == 0, "fsync");

    struct row_batch batch = {0};
    uint64_t events = 0, commands = 0, batches = 0;
    off_t offset = 0;
    int64_t start = now_ns();
    while (next_batch(rows, strtoull(arguments[3], NULL, 10), &batch)) {
        size_t size = (size_t)(batch.end - batch.start);
        require(pwrite(file, batch.start, size, offset) == (ssize_t)size && fdatasync(file) == 0, "a batch");
        offset += (off_t)size;
        events += batch.rows;
        commands += batch.commands;
        batches += 1;
    }
    double seconds = (double)(now_ns() - start) / 1e9;
    printf("seconds=%.6f\nevents=%lu\ncommands=%lu\nbatches=%lu\nbytes=%ld\n", seconds, events, commands, batches, offset);
    return 0;
}
