import LoyaltyLedger

extension RowFields {
    /// What a row about a dispute asks for.
    func caseAction(_ kind: ImportKind, on terms: ProgramTerms) throws(RowProblem) -> CardAction {
        switch kind {
        case .openCase: return .openCase(try claim(in: terms.currency))
        case .addEvidence: return .addEvidence(try caseNumber(for: kind), position: try position())
        case .decideCase: return .decideCase(try caseNumber(for: kind), try verdict())
        default: return .closeCase(try caseNumber(for: kind))
        }
    }

    /// What the customer says.
    private func claim(in currency: Currency) throws(RowProblem) -> Claim {
        guard let text = try line(.claim, longest: 256) else { throw .missing(.claim, for: .openCase) }
        do throws(ClaimProblem) {
            return try Claim(reading: text, in: currency)
        } catch {
            throw .badClaim(error)
        }
    }

    /// The case a row is about.
    func caseNumber(for kind: ImportKind) throws(RowProblem) -> CaseNumber {
        guard let text = text(.caseNumber) else { throw .missing(.caseNumber, for: kind) }
        guard let number = RowFields.wholeNumber(text), let narrow = UInt32(exactly: number), narrow >= 1 else {
            throw .unknownWord(.caseNumber, text, expected: "the number of a case, from 1")
        }
        return CaseNumber(narrow)
    }

    /// The event that is evidence; nil where the row's notes are.
    private func position() throws(RowProblem) -> UInt64? {
        guard let text = text(.position) else { return nil }
        guard let number = RowFields.wholeNumber(text), number >= 1 else {
            throw .unknownWord(.position, text, expected: "a position of the log, from 1")
        }
        return UInt64(number)
    }

    private func verdict() throws(RowProblem) -> Verdict {
        guard let text = text(.verdict) else { throw .missing(.verdict, for: .decideCase) }
        guard let verdict = Verdict(code: text) else {
            throw .unknownWord(.verdict, text, expected: Verdict.allCases.map(\.code).joined(separator: ", "))
        }
        return verdict
    }
}

extension RowProblem {
    /// A claim that cannot be read.
    fileprivate static func badClaim(_ problem: ClaimProblem) -> RowProblem {
        RowProblem(code: "bad-claim", message: "\(problem.message); \(problem.hint)")
    }
}
