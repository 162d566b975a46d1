internal import LoyaltyLedger

extension TrialRun {
    /// D6: every command decided again, with nothing supposed, gives the same cards and answers.
    static func retellingProblems(of ledger: Ledger) async throws -> [String] {
        let report = try await ledger.whatIf(Supposition())
        var problems: [String] = []
        if report.digest != report.supposedDigest || !report.differences.isEmpty {
            problems.append("D6: decided again, the commands give other cards: \(report.differences.prefix(3))")
        }
        if let answer = report.answers.first { problems.append("D6: decided again, \(answer) differs") }
        if let undecided = report.undecided.first { problems.append("D6: decided again, \(undecided) is impossible") }
        return problems
    }
}
