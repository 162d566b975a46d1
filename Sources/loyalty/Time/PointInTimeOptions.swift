import ArgumentParser
import LoyaltyLedger

/// The point in time at which a reading command looks at the ledger; now, where neither option is given.
struct PointInTimeOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only what had taken effect by then: a time, or a day for its end.",
            discussion:
                "A day ends in each program's own zone; a time without an offset is local to the first program's.",
            valueName: "time"
        ),
        transform: PointInTimeText.init
    )
    var asOf: PointInTimeText?

    @Option(
        help: ArgumentHelp(
            "Only what the ledger knew by then: a time, or a day for its end; late entries and corrections since are left out.",
            valueName: "time"
        ),
        transform: PointInTimeText.init
    )
    var knownAt: PointInTimeText?

    /// The point in time.
    func point(in ledger: Ledger) throws(CommandFailure) -> PointInTime {
        PointInTime(
            occurred: try asOf?.limit(in: ledger, option: "--as-of"),
            known: try knownAt?.limit(in: ledger, option: "--known-at")
        )
    }

    /// Fails where no `--as-of` is given, for reports that count days back from one.
    func requireAsOf() throws {
        guard asOf == nil else { return }
        throw ValidationError("Missing expected argument '--as-of <time>'")
    }
}

/// A limit of a clock as it was typed.
struct PointInTimeText {
    private let text: String

    /// Takes a text that is a day or a time.
    init(_ text: String) throws {
        guard LocalDay(text) != nil || ProgramCalendar(timeZone: "UTC")?.instant(reading: text) != nil else {
            throw ValidationError("it must be a day such as 1998-06-30, or a time such as 1998-06-30T17:00:00-04:00")
        }
        self.text = text
    }

    /// The limit, by the calendar of the ledger's first program where a time names no offset.
    func limit(in ledger: Ledger, option: String) throws(CommandFailure) -> PointInTime.Limit {
        if let day = LocalDay(text) { return .endOf(day) }
        return .instant(try ledger.instant(reading: text, option: option))
    }
}

extension PointInTime {
    /// One line that tells a reader of a table when it is from; nil where it is of this moment.
    func heading(in calendar: ProgramCalendar?) -> String? {
        func text(_ limit: Limit) -> String {
            switch limit {
            case .endOf(let day): "the end of \(day)"
            case .instant(let instant): calendar?.text(of: instant) ?? ""
            }
        }
        switch (occurred.map(text), known.map(text)) {
        case (nil, nil): return nil
        case (let occurred?, nil): return "As of \(occurred)"
        case (nil, let known?): return "As known at \(known)"
        case (let occurred?, let known?): return "As of \(occurred), as known at \(known)"
        }
    }
}

extension StandardOutput {
    /// Writes a report of a point in time; a table says on its first line which one, where it is not now.
    static func print(
        _ report: Report<some Sequence>,
        as format: OutputFormat,
        asOf point: PointInTime,
        in ledger: Ledger
    ) throws(CommandFailure) {
        var output = StandardOutput()
        let style = StandardStream.output.style
        if format == .table, let heading = point.heading(in: ledger.calendar()) {
            output.write(style.heading(heading) + "\n")
        }
        report.write(as: format, to: &output, style: style)
        try output.finish()
    }
}
