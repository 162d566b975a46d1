internal import LoyaltyDomain
internal import Projections

extension PageContent {
    /// The staff's page.
    init(_ report: DisputeReport, in calendar: ProgramCalendar) {
        let words = UnitWords(report.program)
        self.init(
            title: "Dispute about card \(report.card.text)",
            audience: "For staff",
            shop: report.program.id.text,
            claim: report.claim.text(in: report.program.currency),
            verdict: report.verdict,
            answer: PageContent.answer(report.verdict, since: report.changes.isEmpty),
            facts: [
                Fact(name: "The card showed then", text: report.then.text),
                Fact(name: "By what is known now", text: report.now.text),
            ] + report.obstacles.map { Fact(name: "What stands in the way", text: $0.message) },
            chart: report.chart,
            figure: PageContent.figure(report.claim, report.program),
            parts: [],
            ending: PageContent.ties(report, in: calendar)
        )
        let clock = { (instant: Timestamp) in calendar.shortText(of: instant) }
        parts = [
            Part.changes(report.changes, words, clock), Part.proposals(report.proposals),
            Part.elsewhere(report.elsewhere, clock), Part.attempts(report.attempts, clock),
            Part.gaps(report.gaps, clock), Part.lines(report.lines, words, clock),
            Part.cases(report.cases, report.program, clock),
        ].compactMap(\.self)
    }

    /// What the verdict means, in a sentence.
    static func answer(_ verdict: Verdict, since isUnchanged: Bool) -> String {
        switch verdict {
        case .knownThen:
            isUnchanged
                ? "The card showed it at the time, and nothing has changed it since."
                : "The card showed it at the time. What has changed since is listed below."
        case .trueNow: "The card did not show it at the time. By what has been learnt or put right since, it was so."
        case .refuted: "Neither what was known at the time nor what is known now shows it."
        case .undecidable: "The books cannot tell; below is what stands in the way, and what they do say."
        }
    }

    /// A figure of the chart in words.
    static func figure(_ claim: Claim, _ program: Program) -> (Int64) -> String {
        let figure = ClaimFigure(claim, under: program.rules)
        return { figure.text($0, UnitWords(program), program.currency) }
    }

    private static func ties(_ report: DisputeReport, in calendar: ProgramCalendar) -> [Fact] {
        let rules = report.rules.map { version in
            let start =
                version.effectiveFrom > .earliest ? " from \(calendar.shortText(of: version.effectiveFrom))" : ""
            return "\(version.version.rawValue)\(start): \(version.program.rules.words(in: report.program))"
        }
        return [
            Fact(name: "Customer", text: report.customer.text), Fact(name: "Time zone", text: report.program.timeZone),
            Fact(name: "Rules", text: rules.joined(separator: "; ")),
        ] + proof(report.proof, madeAt: calendar.shortText(of: report.madeAt))
    }

    /// What ties a page to the log.
    static func proof(_ proof: DisputeReport.Proof, madeAt: String) -> [Fact] {
        [
            Fact(name: "Made", text: madeAt),
            Fact(name: "Log", text: "\(proof.log), through position \(proof.position)"),
            Fact(name: "Chain hash", text: proof.chainHash),
        ]
    }
}

extension CardRules {
    /// What earns, in a few words.
    func words(in program: Program) -> String {
        let words = UnitWords(program)
        switch mechanic {
        case .spend(let rule):
            return "\(words.units(rule.stamps)) per \(rule.unit.decimal(in: program.currency)) \(program.currency.code)"
        case .visit(let stamps): return "\(words.units(stamps)) a visit"
        case .manual: return "given by hand"
        case .percent(let rule): return "points for \(rule.share.percentText) of what is spent"
        case .amounts: return "what is spent counts for tiers"
        }
    }
}
