import LoyaltyLedger

/// A command's receipt: its events, and what they left on the card.
struct ReceiptText {
    /// The receipt.
    let receipt: Receipt

    /// The card after it.
    let profile: CardProfile

    /// The calendar of its program.
    let calendar: ProgramCalendar

    /// Prints the receipt.
    ///
    /// - Parameter entries: The card's whole history.
    func print(_ entries: [HistoryEntry], as format: OutputFormat) throws(CommandFailure) {
        let columns = HistoryColumns(program: profile.program, calendar: calendar)
        let own = zip(entries, columns.rows(of: entries)).filter { receipt.positions.contains($0.0.position) }
        let report = Report(columns: HistoryColumns.all, rows: own.map(\.1))
        guard format == .table else { return try StandardOutput.print(report, as: format) }
        var output = StandardOutput()
        output.write(StandardStream.output.style.heading(heading) + "\n")
        report.write(as: .table, to: &output)
        output.write(balance(after: own.last?.0.stateAfter ?? profile.state) + "\n")
        try output.finish()
    }

    private var heading: String {
        let fate = receipt.isRepeat ? "recorded before" : receipt.refusal == nil ? "recorded" : "refused"
        return "\(fate): command \(receipt.commandID) on card \(receipt.card.text)"
    }

    private func balance(after state: CardState) -> String {
        let phrases = Phrases(profile.program)
        let rewards = counted(state.rewardsAvailable, Reward.singular)
        let value = Money(state.lifetimeValue, profile.program.currency)
        return "balance after: \(phrases.units(state.balance)), \(rewards) available, lifetime value \(value)"
    }
}
