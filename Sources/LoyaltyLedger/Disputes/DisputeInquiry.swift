internal import EventLog
internal import LogFormat
internal import LoyaltyDomain
internal import Projections

/// Looks into a claim about one card: reads its records as far as they can be read, and folds them on both clocks.
struct DisputeInquiry {
    let state: LedgerState
    let reader: LogReader
    let number: CardNumber
    let claim: Claim
    let caseNumber: CaseNumber?
    let program: Program
    let calendar: ProgramCalendar
    let window: ClaimWindow
    let now: Timestamp
    private(set) var records: [PlacedRecord] = []
    private(set) var damage: LedgerError?

    init(
        _ state: LedgerState,
        _ reader: LogReader,
        card number: CardNumber,
        _ claim: Claim,
        of caseNumber: CaseNumber?,
        now: Timestamp
    ) throws {
        guard let program = state.catalog.program(state.cards[number].program),
            let calendar = state.calendars[state.cards[number].program]
        else { throw LedgerError.inconsistent("a card without a program", state.position) }
        guard claim.fits(program.rules) else {
            throw ClaimProblem(
                "cards of \(program.id.text) count \(UnitWords(program).unit)s; the claim is about something else",
                hint: "Claim \(UnitWords(program).unit)s, rewards, visits, an amount spent or a purchase."
            )
        }
        self.state = state
        self.reader = reader
        self.number = number
        self.claim = claim
        self.caseNumber = caseNumber
        self.program = program
        self.calendar = calendar
        self.now = now
        window = try ClaimWindow(of: claim, in: calendar, now: now)
        read()
    }

    /// Reads the card's records; what damage leaves unread is told and not guessed.
    private mutating func read() {
        var found: [PlacedRecord] = []
        do throws(LedgerError) {
            try reader.forEachCardRecord(of: number) { found.append(PlacedRecord(position: $0, record: $1)) }
        } catch {
            damage = error
        }
        records = found
    }

    var words: UnitWords { UnitWords(program) }

    var figure: ClaimFigure { ClaimFigure(claim, under: program.rules) }

    /// Whether all that the ledger knew by then can be read: damage behind the last record that can be read hides later knowledge only.
    var isThenReadable: Bool {
        guard damage != nil else { return true }
        return records.last.map { $0.record.recordedAt > window.end } ?? false
    }

    func report() throws -> DisputeReport {
        let timeline = CardTimeline(records)
        let then = isThenReadable ? finding(timeline, knownAt: window.end) : unread
        let now = damage == nil ? finding(timeline, knownAt: nil) : unread
        let explained = try explained()
        let lines = explained?.lines ?? []
        let span = chartSpan(lines)
        let near = lines.filter { span.contains($0.entry.occurredAt) || span.contains($0.entry.recordedAt) }
        let history = timeline.transactions()
        var report = DisputeReport(
            card: state.directory.card(number),
            customer: state.directory.customer(of: number),
            program: program,
            claim: claim,
            number: caseNumber,
            window: window,
            madeAt: self.now,
            verdict: verdict(then, now),
            then: then,
            now: now,
            obstacles: obstacles,
            changes: changes(among: lines),
            attempts: attempts(among: lines),
            gaps: gaps(),
            rules: rules(named: near),
            proof: DisputeReport.Proof(
                log: "\(reader.logID)",
                position: reader.head.position.rawValue,
                chainHash: "\(reader.head.chainHash)"
            ),
            cases: history.cases.map { dispute in
                let staff = dispute.remedies.map { state.attributions[$0.attribution]?.staff }
                return DisputeReport.CaseRecord(dispute: dispute, staff: staff)
            },
            lines: near,
            chart: DisputeChart(timeline, figure, window, span: span)
        )
        look(elsewhereFor: &report, among: lines)
        report.proposals = proposals(report)
        return report
    }

    /// The card's events, explained as far as they can be read.
    private func explained() throws(LedgerError) -> Explanation? {
        let rules = (try? RuleBook(reader)) ?? RuleBook(state.catalog)
        return try state.explanation(of: number, from: records, rules, reader, asOf: .now)
    }

    private func verdict(_ then: DisputeReport.Finding, _ now: DisputeReport.Finding) -> Verdict {
        if window.isSkipped { return .undecidable }
        if then.holds == true { return .knownThen }
        guard let holds = now.holds, then.holds != nil else { return .undecidable }
        if holds { return .trueNow }
        return erasure == nil ? .refuted : .undecidable
    }

    private var obstacles: [DisputeReport.Obstacle] {
        var found: [DisputeReport.Obstacle] = []
        if window.isSkipped {
            let message = "clocks in \(program.timeZone) jumped over that time: no clock on the wall showed it"
            found.append(DisputeReport.Obstacle(kind: .clockGap, message: message))
        }
        if let damage {
            found.append(DisputeReport.Obstacle(kind: .damage, message: "\(damage)"))
        }
        if let erasure { found.append(DisputeReport.Obstacle(kind: .erasure, message: erasure)) }
        return found
    }

    /// The time of the chart: two weeks about the claim, and as far as what was learnt or put right since; 120 days at most.
    private func chartSpan(_ lines: [Explanation.Line]) -> ClosedRange<Timestamp> {
        let day: Int64 = 86_400_000
        let issued = state.cards[number].issuedAt
        let start = max(window.start.advanced(byMilliseconds: -14 * day), issued.advanced(byMilliseconds: -day))
        let learnt = changes(among: lines).map(\.line.entry.recordedAt).max() ?? window.end
        let wished = max(window.end, learnt).advanced(byMilliseconds: 14 * day)
        let end = min(wished, max(now, window.end), window.end.advanced(byMilliseconds: 106 * day))
        let first = min(start, window.start)
        // A margin, so that what changed last has room to be seen.
        let margin = max(day / 2, (end.milliseconds - first.milliseconds) / 24)
        return first...max(end, first).advanced(byMilliseconds: margin)
    }
}
