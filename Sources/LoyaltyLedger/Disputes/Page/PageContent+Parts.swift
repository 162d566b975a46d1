internal import LoyaltyDomain
internal import Projections

/// The parts of the staff's page; nil where there is nothing to show.
extension PageContent.Part {
    private typealias Cell = PageContent.Cell

    static func changes(
        _ changes: [DisputeReport.Change],
        _ words: UnitWords,
        _ clock: (Timestamp) -> String
    ) -> Self? {
        guard !changes.isEmpty else { return nil }
        return Self(
            heading: "What changed since",
            note: "Recorded after the time of the claim, about what had happened by then.",
            columns: ["Happened", "Learnt", "What", "By", "Change"],
            rows: changes.map { change in
                let entry = change.line.entry
                let kind = change.kind == .late ? "arrived late" : change.kind == .corrected ? "correction" : "by hand"
                return [
                    Cell(at: clock(entry.occurredAt)), Cell(at: clock(entry.recordedAt)),
                    Cell(change.line.reasoning.title, lines: [kind] + notes(of: change.line)),
                    Cell(who(change.line)), Cell(words.signed(change.line.change.stamps), isNumber: true),
                ]
            }
        )
    }

    static func proposals(_ proposals: [DisputeReport.Proposal]) -> Self? {
        guard !proposals.isEmpty else { return nil }
        return Self(
            heading: "What can be done",
            note: nil,
            columns: ["Proposal", "Cost"],
            rows: proposals.map { proposal in
                let command = proposal.command.isEmpty ? [] : ["loyalty " + proposal.shellText]
                return [Cell(proposal.text, lines: command, isCode: true), Cell(proposal.cost ?? "none")]
            }
        )
    }

    static func elsewhere(
        _ others: [DisputeReport.Elsewhere],
        _ clock: (Timestamp) -> String
    ) -> Self? {
        guard !others.isEmpty else { return nil }
        return Self(
            heading: "On other cards",
            note: "Purchases with the same receipt, or of the same amount within two hours.",
            columns: ["Happened", "Learnt", "Card", "Amount", "Match", "By"],
            rows: others.map { other in
                [
                    Cell(at: clock(other.occurredAt)), Cell(at: clock(other.recordedAt)), Cell(other.card.text),
                    Cell("\(other.amount)", isNumber: true),
                    Cell(other.hasSameReceipt ? "receipt \(other.reference ?? "")" : "amount and time"),
                    Cell(other.attribution.words),
                ]
            }
        )
    }

    static func attempts(_ lines: [Explanation.Line], _ clock: (Timestamp) -> String) -> Self? {
        guard !lines.isEmpty else { return nil }
        return Self(
            heading: "Refused or withheld",
            note: "In the thirty days before.",
            columns: ["Happened", "What", "Why", "By"],
            rows: lines.map { line in
                let why =
                    line.reasoning.refusal.map { "\($0.reason)" } ?? line.reasoning.steps.first {
                        $0.contains("withheld")
                    } ?? ""
                return [
                    Cell(at: clock(line.entry.occurredAt)), Cell(line.reasoning.title),
                    Cell(why, lines: line.reasoning.refusal.map { [$0.nextStep] } ?? []), Cell(who(line)),
                ]
            }
        )
    }

    static func gaps(_ gaps: [DisputeReport.DeviceGap], _ clock: (Timestamp) -> String) -> Self? {
        guard !gaps.isEmpty else { return nil }
        return Self(
            heading: "Missing from devices",
            note: "Numbers that an offline device gave out about that time and that never arrived.",
            columns: ["Device", "Numbers", "Between"],
            rows: gaps.map { gap in
                let numbers =
                    gap.missing.lowerBound == gap.missing.upperBound
                    ? "\(gap.missing.lowerBound)" : "\(gap.missing.lowerBound) to \(gap.missing.upperBound)"
                let start = gap.after.map(clock) ?? "the beginning"
                return [Cell(gap.device.text), Cell(numbers), Cell("\(start) and \(clock(gap.before))")]
            }
        )
    }

    static func lines(_ lines: [Explanation.Line], _ words: UnitWords, _ clock: (Timestamp) -> String) -> Self? {
        let shown = lines.filter { !$0.entry.event.event.isAboutCase }
        guard !shown.isEmpty else { return nil }
        return Self(
            heading: "The card's events about that time",
            note: "In the order in which they were recorded, with the arithmetic of each.",
            columns: ["Happened", "Learnt", "What", "By", "Change", "Balance"],
            rows: shown.map { line in
                let steps = line.reasoning.steps + line.reasoning.discrepancies.map { "Does not add up: \($0)" }
                let refusal = line.reasoning.refusal.map { [$0.reason] } ?? []
                return [
                    Cell(at: clock(line.entry.occurredAt)), Cell(at: clock(line.entry.recordedAt)),
                    Cell(line.reasoning.title, lines: steps + refusal + notes(of: line)), Cell(who(line)),
                    Cell(words.signed(line.change.stamps), isNumber: true),
                    Cell(words.units(line.entry.stateAfter.balance), isNumber: true),
                ]
            }
        )
    }

    static func cases(
        _ cases: [DisputeReport.CaseRecord],
        _ program: Program,
        _ clock: (Timestamp) -> String
    ) -> Self? {
        guard !cases.isEmpty else { return nil }
        return Self(
            heading: "Cases of this card",
            note: nil,
            columns: ["Case", "Claim", "Opened", "Decided", "Put right", "Status"],
            rows: cases.map { record in
                let dispute = record.dispute
                let remedies = zip(dispute.remedies, record.staff).map { remedy, staff in
                    let by = staff.map { ", \($0.text)" } ?? ""
                    return
                        "\(remedy.cost.decimal(in: program.currency)) \(program.currency.code)\(by): \(remedy.adjustment)"
                }
                return [
                    Cell("\(dispute.number.rawValue)"), Cell(dispute.claim.text(in: program.currency)),
                    Cell(at: clock(dispute.openedAt)), Cell(dispute.verdict?.words ?? "not yet"),
                    Cell(remedies.first ?? "no", lines: Array(remedies.dropFirst())), Cell(dispute.status),
                ]
            }
        )
    }

    private static func who(_ line: Explanation.Line) -> String {
        let words = line.entry.attribution.words
        return words.isEmpty ? "\(line.entry.source)" : words
    }

    private static func notes(of line: Explanation.Line) -> [String] {
        let texts = line.entry.texts
        return [
            texts.reference.map { "receipt \($0)" }, texts.customerComment.map { "comment: \($0)" },
            texts.internalNote.map { "internal note: \($0)" },
        ].compactMap(\.self)
    }
}

extension Attribution {
    /// Staff, device and place, as far as they are known.
    var words: String { [staff?.text, device?.text, location?.text].compactMap(\.self).joined(separator: ", ") }
}

extension UnitWords {
    /// A change with its sign; nothing where there is none.
    func signed(_ count: Stamps) -> String { count == 0 ? "" : change(count) }
}

extension DisputeReport.Proposal {
    /// The command as a shell takes it.
    package var shellText: String {
        command.map { word in
            let isPlain =
                !word.isEmpty
                && word.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        true
                    default: "-_./:=+,".utf8.contains(byte)
                    }
                }
            return isPlain
                ? word
                : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
        }
        .joined(separator: " ")
    }
}
