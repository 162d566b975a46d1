internal import LoyaltyDomain
internal import Projections

extension DisputeInquiry {
    /// What S60 asks for: look, put right what is missing, write a comment; in doubt for the customer (S61).
    func proposals(_ report: DisputeReport) -> [DisputeReport.Proposal] {
        switch report.verdict {
        case .knownThen where report.now.holds == true:
            return [say("Nothing is missing: show the customer this page.")]
        case .knownThen:
            return [say("The card did show it. Explain what has changed since; see the changes below.")]
        case .trueNow:
            return [
                say("The card has it by now: what arrived late is counted. Tell the customer when it was learnt of.")
            ]
        case .refuted, .undecidable: return corrections(report) + goodwill(report)
        }
    }

    private func say(_ text: String) -> DisputeReport.Proposal {
        DisputeReport.Proposal(text: text, command: [], cost: nil)
    }

    /// What real disputes end with: the purchase lies on another card, or was refused.
    private func corrections(_ report: DisputeReport) -> [DisputeReport.Proposal] {
        var found: [DisputeReport.Proposal] = []
        for other in report.elsewhere where other.hasSameReceipt {
            let text =
                "Receipt \(other.reference ?? "") was recorded on card \(other.card.text). If it is this customer's, refund it there and record it here."
            guard program.rules.mechanic.tracksAmounts else {
                found.append(say(text))
                continue
            }
            var command = ["do", "LEDGER", "refund", "--card", other.card.text, "--amount"]
            command += [
                other.amount.minorUnits.decimal(in: other.amount.currency), "--refunds", other.reference ?? "",
                "--internal-note", note(report),
            ]
            found.append(DisputeReport.Proposal(text: text, command: command, cost: nil))
        }
        for line in report.attempts where line.reasoning.refusal != nil {
            guard window.spans.contains(where: { $0.contains(line.entry.occurredAt) }) else { continue }
            let reason = line.reasoning.refusal?.reason ?? ""
            let next = line.reasoning.refusal?.nextStep ?? ""
            found.append(say("An attempt of that time was refused: \(reason). \(next)"))
        }
        for gap in report.gaps {
            let numbers =
                gap.missing.lowerBound == gap.missing.upperBound
                ? "\(gap.missing.lowerBound)" : "\(gap.missing.lowerBound) to \(gap.missing.upperBound)"
            found.append(say("Upload what \(gap.device.text) still holds: its numbers \(numbers) never arrived."))
        }
        if report.obstacles.contains(where: { $0.kind == .damage }) {
            found.append(say("Look at a backup of the log: a part of this one cannot be read."))
        }
        return found
    }

    /// The adjustment that makes the claim good, documented, at its cost.
    private func goodwill(_ report: DisputeReport) -> [DisputeReport.Proposal] {
        let why =
            report.verdict == .refuted
            ? "The books do not show it. To settle it for the customer all the same"
            : "The books cannot tell. In doubt for the customer"
        if case .purchase(let amount, let reference) = claim.subject {
            return [purchase(amount, reference, report, why)]
        }
        guard let claimed = figure.claimed else { return [] }
        let missing = claimed - (report.now.range?.upperBound ?? report.then.range?.upperBound ?? 0)
        guard missing > 0 else { return [say("The card had more than was claimed; nothing is owed.")] }
        let cost = text(missing)
        var command = ["do", "LEDGER"]
        switch claim.subject {
        case .stamps: command += ["adjust", "--card", report.card.text, "--quantity", "\(missing)"]
        case .points:
            let isBonus = if case .visits = program.rules.spending { true } else { false }
            command += [isBonus ? "adjust-bonus" : "adjust", "--card", report.card.text, "--quantity", "\(missing)"]
        case .rewards:
            command += ["grant-rewards", "--card", report.card.text, "--quantity", "\(missing)", "--amount", "0"]
        case .visits:
            guard case .visits = program.rules.spending else {
                return [say("\(why): record the purchases or visits that are missing, by their receipts.")]
            }
            command += ["load", "--card", report.card.text, "--quantity", "\(missing)", "--amount", "0"]
        case .balance where program.rules.type.countsMoney:
            command += ["load", "--card", report.card.text, "--quantity", "\(missing)", "--amount", "0"]
        case .balance, .spent: return [say("\(why): record the purchases that are missing, by their receipts.")]
        case .purchase: return []
        }
        return [DisputeReport.Proposal(text: "\(why): add \(cost).", command: command + texts(report), cost: cost)]
    }

    private func purchase(
        _ amount: MinorUnits,
        _ reference: String?,
        _ report: DisputeReport,
        _ why: String
    ) -> DisputeReport.Proposal {
        var command = ["do", "LEDGER", "purchase", "--card", report.card.text, "--amount", decimal(amount)]
        command += ["--occurred-at", time] + (reference.map { ["--reference", $0] } ?? [])
        let version = state.catalog.version(of: state.cards[number].program, at: window.start)
        let cost = version.flatMap { words.worth(of: amount, under: $0.program.rules) }
        return DisputeReport.Proposal(
            text: "\(why): record the purchase as of that day, by the receipt the customer shows.",
            command: command + texts(report),
            cost: cost
        )
    }

    private var time: String {
        guard let minute = claim.minute else { return "\(claim.day)" }
        return "\(claim.day)T\(padded(minute / 60, to: 2)):\(padded(minute % 60, to: 2))"
    }

    private func texts(_ report: DisputeReport) -> [String] {
        ["--comment", "We have corrected your card", "--internal-note", note(report)]
    }

    private func note(_ report: DisputeReport) -> String {
        let dispute = caseNumber.map { "case \($0.rawValue): " } ?? ""
        return "\(dispute)claim of \(claim.text(in: program.currency))"
    }

    private func decimal(_ amount: MinorUnits) -> String { amount.decimal(in: program.currency) }
}
