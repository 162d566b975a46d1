internal import EventLog
internal import LogFormat
internal import SystemPackage

extension LedgerSalvageReport {
    /// The report for a person, line by line; the last one holds the figures.
    package var lines: [String] {
        var lines = log.losses.map(line(of:))
        if let torn = log.tornTail {
            lines.append(
                "torn tail: \(torn.byteCount) bytes at byte \(torn.offset) of \(torn.segment), never acknowledged"
            )
        }
        for fact in recreated { lines.append("put back: \(fact.fact) (\(fact.origin.rawValue))") }
        if isClockLost { lines.append("lost: the kind of clock; the new ledger has the system's") }
        if unattributedRecords > 0 { lines.append("lost: who and where of \(unattributedRecords) records") }
        for entry in leftOut {
            let name =
                entry.card.map { "card \($0)" } ?? (entry.stream == 0 ? "the ledger" : "card number \(entry.stream)")
            lines.append(
                "left out: \(entry.records) records of \(name), positions \(entry.first)...\(entry.last) (\(entry.reason.rawValue))"
            )
        }
        lines += brokenLinks.map(\.line)
        for run in log.runs {
            let count = run.eventCount - 1
            lines.append(
                "positions \(run.oldFirst)...\(run.oldFirst.advanced(by: count)) are now "
                    + "\(run.newFirst)...\(run.newFirst.advanced(by: count))"
            )
        }
        let left = leftOut.reduce(0) { $0 + $1.events }
        lines.append(
            "read=\(log.readEvents) written=\(log.writtenEvents) lost=\(log.lostEvents)\(log.isEndUnknown ? "+" : "") "
                + "left_out=\(left) cards=\(cardCount)"
        )
        return lines
    }

    private func line(of loss: SalvageReport.Loss) -> String {
        let range = loss.last.map { "\(loss.first)...\($0)" } ?? "\(loss.first) and on"
        let what: String =
            switch loss.kind {
            case .events: "lost: positions \(range)"
            case .details: "lost: the texts of positions \(range)"
            case .ids: "lost: the command ids of positions \(range); a retry would be recorded again"
            case .nothing: "damage that cost no event"
            }
        let names = loss.streams?.map { cards[$0.rawValue] ?? "number \($0)" } ?? []
        let touched =
            loss.kind == .nothing
            ? "" : loss.streams == nil ? "; cards unknown" : "; cards \(names.joined(separator: ", "))"
        return "\(what)\(touched); \(loss.cause.clause())"
    }
}

extension LedgerSalvageReport.BrokenLink {
    fileprivate var line: String {
        let this = card.map { "card \($0)" } ?? "card number \(stream)"
        let other = otherCard.map { "card \($0)" } ?? "card number \(self.other)"
        let what: String =
            switch reason {
            case .cardLost: "\(other) is lost, which \(this) names"
            case .mergeLost: "that \(other) was merged is lost; both it and \(this) have what it had"
            case .absorptionLost: "what \(this) had when it was merged into \(other) is lost"
            }
        return "link broken: \(what) (\(event) at position \(position))"
    }
}
