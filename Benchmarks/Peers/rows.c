#include "rows.h"

#include "clock.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[] = "LLROWS1\n";

struct rows read_rows(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat status;
    require(file >= 0 && fstat(file, &status) == 0, path);
    uint8_t *bytes = malloc((size_t)status.st_size);
    require(bytes != NULL, "memory for the rows");
    size_t done = 0;
    while (done < (size_t)status.st_size) {
        ssize_t count = read(file, bytes + done, (size_t)status.st_size - done);
        require(count > 0, path);
        done += (size_t)count;
    }
    close(file);
    require(done > 8 && memcmp(bytes, magic, 8) == 0, "a file of rows");
    return (struct rows){bytes, done};
}

int next_batch(struct rows rows, uint64_t commands, struct row_batch *batch) {
    const uint8_t *end = rows.bytes + rows.size;
    batch->start = batch->end != NULL ? batch->end : rows.bytes + 8;
    batch->first += batch->rows != 0 ? batch->rows : batch->first == 0;
    batch->rows = 0;
    batch->commands = 0;
    const struct row *before = NULL;
    const uint8_t *place = batch->start;
    while (place < end) {
        const struct row *row = (const struct row *)place;
        if (!same_command(row, before)) {
            if (batch->commands == commands) break;
            batch->commands += 1;
        }
        batch->rows += 1;
        before = row;
        place += row_size(row);
    }
    batch->end = place;
    return batch->rows > 0;
}
