import LoyaltyLedger

/// A dispute as a person reads it in a terminal.
struct DisputeText {
    let report: DisputeReport
    let calendar: ProgramCalendar
    let ledger: String

    private var currency: Currency { report.program.currency }

    /// For staff.
    var lines: [String] {
        head + obstacles + changes + attempts + elsewhere + gaps + cases + proposals + ending
    }

    /// For the customer.
    var customerLines: [String] {
        let statement = report.statement
        let obstacles = statement.obstacles.map { "  in the way: \($0)" }
        let changes = statement.changes.map { entry in
            "  \(calendar.shortText(of: entry.occurredAt))  \(entry.title), in our books since \(calendar.shortText(of: entry.recordedAt))"
        }
        return head + obstacles + titled("Changed since", changes) + ending
    }

    private var head: [String] {
        [
            "Claim: \(report.claim.text(in: currency)), on card \(report.card.text) (\(report.program.timeZone))",
            "Verdict: \(report.verdict.code), \(report.verdict.words)",
            "  as the ledger knew it then: \(report.then.text)",
            "  as it is known now: \(report.now.text)",
        ]
    }

    private func titled(_ title: String, _ lines: [String]) -> [String] { lines.isEmpty ? [] : ["\(title):"] + lines }

    private var obstacles: [String] { report.obstacles.map { "  in the way (\($0.kind.rawValue)): \($0.message)" } }

    private var changes: [String] {
        let lines = report.changes.map { change in
            let entry = change.line.entry
            let by = entry.attribution.staff.map { " by \($0.text)" } ?? " by \(entry.source)"
            return
                "  \(calendar.shortText(of: entry.occurredAt))  \(change.line.reasoning.title), \(change.kind.rawValue), "
                + "learnt \(calendar.shortText(of: entry.recordedAt))\(by)"
        }
        return titled("Changed since", lines)
    }

    private var attempts: [String] {
        let lines = report.attempts.map { line in
            let why = line.reasoning.refusal.map { ": \($0.reason). \($0.nextStep)" } ?? ": stamps were withheld"
            return "  \(calendar.shortText(of: line.entry.occurredAt))  \(line.reasoning.title)\(why)"
        }
        return titled("Refused or withheld in the thirty days before", lines)
    }

    private var elsewhere: [String] {
        let lines = report.elsewhere.map { other in
            let match = other.hasSameReceipt ? "receipt \(other.reference ?? "")" : "same amount and time"
            return "  \(calendar.shortText(of: other.occurredAt))  \(other.amount) on card \(other.card.text), \(match)"
        }
        return titled("On other cards", lines)
    }

    private var gaps: [String] {
        let lines = report.gaps.map { gap in
            "  \(gap.device.text): numbers \(gap.missing.lowerBound) to \(gap.missing.upperBound) never arrived"
        }
        return titled("Missing from devices", lines)
    }

    private var cases: [String] {
        let lines = report.cases.map { record in
            let dispute = record.dispute
            let verdict = dispute.verdict.map { ", \($0.code)" } ?? ""
            return "  \(dispute.number.rawValue): \(dispute.claim.text(in: currency)), \(dispute.status)\(verdict)"
        }
        return titled("Cases of this card", lines)
    }

    private var proposals: [String] {
        let lines = report.proposals.flatMap { proposal -> [String] in
            let command = proposal.shellText.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0 == "LEDGER" ? ledger[...] : $0 }.joined(separator: " ")
            return ["  \(proposal.text)"] + (proposal.command.isEmpty ? [] : ["    loyalty \(command)"])
        }
        return titled("What can be done", lines)
    }

    private var ending: [String] {
        let versions = report.rules.map { "\($0.version.rawValue)" }.joined(separator: ", ")
        return [
            "Rules \(versions); log \(report.proof.log) through position \(report.proof.position), chain \(report.proof.chainHash)"
        ]
    }
}
