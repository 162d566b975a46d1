"""Why a line is not met, and what was tried: by line, or by line and a row's name up to its first comma."""

REMARKS = {
    1: "A command is looked up by its id, decided, folded twice (to decide, and to publish), encoded and indexed: about 8 us of one thread, where the peers copy 48 bytes."
    " In a profile no part is over 15 %: copies of states and records, counts of references, hash tables, the decision. Tried: corrections of recent purchases read nothing"
    " from disk, others only their own records, and histories are kept as bytes, so that four times as many fit (they were half of the time), no walk over cards, states of 168 bytes instead of 440, events of 72 instead of 176, one table a batch,"
    " a batch published without making recorded events of it. Not tried: deciding the next batch while one is written, of which all but the decision is a fifth; a batch in one arena.",
    (2, "p50 of 10"): "Beside the sync and the write the writer thread spends some 85 us of processor time a commit, caches cold: a third deciding, a seventh waking the task,"
    " the rest encoding, publishing and allocating. Tried: waking the writer behind the lock, no gathering for a task that was alone. Deciding on the caller's thread would block the pool.",
    (3, "64 tasks"): "Behind a sync of 2 ms come 64 commands at about 20 us each, with the waking of their tasks on two cores; 50 would need 12 us."
    " Tried: gathering tasks that were answered together (22 commands shared a sync before), and deciding the first while the others arrive (no gain here, more on the device).",
    (4, "replay on one core"): "Each event is built as a value of an enum and folded into a row of 168 bytes, and each command is noted in the index; the limit folds bytes into flat structures."
    " A fifth of the time waits for the rows of cards. Tried: events read straight from a block, heads alone for the index of the last segment, the streams of a block noted together,"
    " row accessors that allocate nothing, numbers of up to eight bytes read from one word, serials put into the directory all at once. Not tried: touching rows ahead, folding the commonest events from their bytes.",
    (4, "replay on two cores"): "One thread reads, checks, decompresses and notes commands while two others fold the cards; all three walk the heads of all records."
    " The scans fold nothing: LMDB's reads mapped pages without a checksum. Tried: cards shared out by blocks of rows, so that putting them together again copies nothing (a fifth of the time before).",
    (5, "open with a snapshot at the end"): "With fifty million events the snapshot is 1.6 times as large: more figures of a card are not 0, and positions of 44 million commands lie in it. And the last segment is walked,"
    " which may hold up to 1.4 million events: 77 ms here, 30 ms with ten million. Tried: a bit for each figure and only those"
    " that are not 0, distances from instants that are near, the directory made from all cards at once and shard by shard, pages of numbered commands copied a thousand numbers at a time, chunks unpacked on several threads"
    " (before these ten million events took 0.96 to 1.08 s). Not tried: looking serials up only when one is asked for, noting the streams of the last segment only when one is read.",
    (6, "history of a card of 50 events"): "Some 50 blocks are read and decompressed whole for 50 events that lie apart: 2 ms of processor time, and reading as many places of 44 KiB takes the device 4 to 5 ms at p50."
    " Blocks of 8 KiB would make each event 1.5 bytes larger (tried). Tried: asking the disk for all blocks of a card, and before them for all directories and parts of indexes, at once (it took 20 and 30 ms one by one);"
    " indexes read in parts (ten million events took 450 ms, as each segment's was read whole); at fifty million each of 36 segments still adds reads of its index; no table of a block's records before it is read again. Not tried: facts of a card gathered when a segment is sealed.",
    (7, "log"): "The 16 bytes of an opaque id compress in neither store; they are about 13 of our 26 bytes an event.",
    (8, "memory by card"): "A state takes 168 bytes, its serial 16, the way from the serial to the number 5 to 6, the index of the active segment 4.",
    (8, "memory by command id"): "In the index itself a numbered command takes 1.2 bytes (pages of a byte a number; it was 15.8 in all), and an id of 16 bytes about eleven (a fingerprint and a position; it was 113)."
    " What else grows is the index of the active segment, four bytes for each card of each block (it was eight), which goes when the segment is sealed: over ten million events a numbered command takes"
    " no more than asked. Not tried: a filter for each segment, with the ids looked up on disk.",
    (8, "heap allocations in append"): "Four to five a command: its events, its receipt, its record in the batch and the bytes of its history as they grow. Tried: one table a batch (it was nine), histories as objects (it was six to seven) and then as bytes.",
    (8, "heap allocations in replay"): "Tried: buffers that serve again, row accessors that are inlined (it was one for each record, 3,545 a block), events read straight from a block. In a profile"
    " three of four that are left are of corrections: a box for the event and an array for the transactions it reduces. Not tried: room for one of them in the event itself, which every event would pay for.",
    9: "Ten thousand cards come to a hundred events each, so more of their histories are out of the cache of recent ones and a correction reads blocks; the exponent was 1.6 before"
    " such reads passed over other cards' records.",
}
