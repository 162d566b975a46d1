// limit LEDGER: folds the whole log of a load and prints what it comes to, and how long it took.
#include "limit.h"

#include "clock.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void damaged(const char *what) {
    fprintf(stderr, "the log is not what a load writes: %s\n", what);
    exit(1);
}

int main(int count, char **arguments) {
    require(count == 2, "usage: limit LEDGER");
    char directory[4096];
    snprintf(directory, sizeof directory, "%s/log", arguments[1]);
    struct ledger_state state = {.greatest_effective_at = INT64_MIN};
    int64_t start = now_ns();
    read_log(directory, &state);
    double seconds = (double)(now_ns() - start) / 1e9;

    int64_t balance = 0, available = 0, value = 0, visits = 0;
    for (size_t card = 0; card < state.card_count; card++) {
        balance += state.cards[card].purse.balance;
        available += state.cards[card].rewards_available;
        value += state.cards[card].lifetime_value;
        visits += state.cards[card].visits;
    }
    printf("seconds=%.6f\nevents=%lu\nrecords=%lu\ncommands=%lu\ncards=%zu\n", seconds, state.position, state.records,
           command_count(), state.card_count);
    printf("balance=%ld\navailable=%ld\nlifetime_value=%ld\nvisits=%ld\nrefusals=%lu\nstate_bytes=%zu\n", balance, available,
           value, visits, state.refusals, sizeof(struct card_state));
    return 0;
}
