/// What became of an import's rows.
struct ImportTally: Hashable {
    /// Commands recorded now.
    var accepted = 0

    /// Commands that were recorded before.
    var alreadyThere = 0

    /// Rows that are no command or conflict with one, and commands that were refused, now or before.
    var refused = 0

    /// All rows so far.
    var rows: Int { accepted + alreadyThere + refused }

    /// The last line on standard output.
    ///
    /// - Parameters:
    ///   - events: Events recorded by this import.
    ///   - seconds: How long it took.
    ///   - size: The whole ledger's log in bytes, and the events in it.
    func line(events: UInt64, seconds: Double, size: (bytes: Int, events: UInt64)) -> String {
        let perSecond = seconds > 0 ? Int(Double(events) / seconds) : 0
        let tenths = size.events > 0 ? (UInt64(size.bytes) * 10 + size.events / 2) / size.events : 0
        return "rows=\(rows) accepted=\(accepted) already_there=\(alreadyThere) refused=\(refused) "
            + "events_per_s=\(perSecond) bytes_per_event=\(tenths / 10).\(tenths % 10)"
    }
}
