import EventLog
import LogFormat
import LoyaltyLedger
import LoyaltyLedgerTesting
import SystemPackage
import Testing

/// A reader that was written from DESIGN.md alone finds in every ledger what ours finds.
@Suite(.enabled(if: !CompatibilityTests.isRecording)) struct SecondReaderTests {
    @Test("both readers give the events that lie beside each golden log", arguments: GoldenLog.all)
    func events(_ golden: GoldenLog) throws {
        let answers = try SecondReader.Reading(of: [golden.stored()]).answers()
        #expect(answers.map(\.verdict) == [.good])
        #expect(answers.first?.lines == (try golden.lines()))
        #expect(OurAnswer(try golden.stored()).lines == (try golden.lines()))
    }

    @Test(
        "both readers give what came to the format behind the golden logs: later parts of rules, and of what merges carry"
    )
    func laterParts() async throws {
        let disk = try await GoldenLog.laterParts.written()
        let ours = OurAnswer(disk)
        let answers = try SecondReader.Reading(of: [disk]).answers()
        #expect(answers.first?.lines == ours.lines && answers.first?.end == nil && ours.end == nil)
        let rules = ours.lines.filter { $0.contains("programDefined") }
        #expect(rules.map { $0.contains(",[1,0]]") } == [false, false, true])
        #expect(rules.map { $0.contains(",[1,2]]") } == [true, false, false])
        #expect(ours.lines.count { $0.contains("cardAbsorbed") } == 2)
        let options = LedgerOptions(access: .readOnly, storage: disk)
        let ledger = try await Ledger.open(at: GoldenLog.root.string, options: options)
        #expect(ledger.programs.map(\.rules.customerHistory) == [.summary, .nothing])
        let redeemed = ledger.cards.filter { $0.card.text == "T-2" || $0.card.text == "G-2" }
        guard case .claim? = redeemed.first?.state.lastRedeemedReward else {
            Issue.record("the merge did not carry the claim that was used last")
            return
        }
        #expect(redeemed.last?.state.lastRedeemedReward == .milestone(6))
    }

    @Test("both readers give the same events, verdicts and places, whatever was done to a ledger")
    func agree() throws {
        let workshop = try DamageWorkshop()
        let golden = try GoldenLog.stamps.lines()
        let copies = workshop.all
        let reading = try SecondReader.Reading(of: copies.map(\.disk))
        let answers = copies.map { OurAnswer($0.disk) }
        var verdicts: [SecondReader.Answer.Verdict: Int] = [:]
        for (copy, (ours, answer)) in zip(copies, zip(answers, try reading.answers())) {
            verdicts[ours.verdict, default: 0] += 1
            let comment = Comment(rawValue: "\(copy.name): \(ours), \(String(describing: answer.end))")
            #expect(answer.verdict == ours.verdict, comment)
            if ours.verdict == .damaged {
                #expect(answer.lines == Array(golden.prefix(answer.lines.count)), comment)
            } else {
                #expect(answer.lines == ours.lines, comment)
            }
            if let place = copy.place {
                #expect(answer.lines.count == workshop.events(before: place), comment)
            }
            guard let end = ours.end, let other = answer.end else {
                #expect(ours.end == nil && answer.end == nil, comment)
                continue
            }
            #expect(other.file == end.file, comment)
            guard let offset = end.offset else { continue }
            #expect(copy.region(at: other.offset, of: other.file) == copy.region(at: offset, of: end.file), comment)
        }
        #expect(verdicts[.good, default: 0] >= 5 && verdicts[.torn, default: 0] >= 5, "\(verdicts)")
        #expect(verdicts[.damaged, default: 0] >= 60, "\(verdicts)")
    }
}

/// What our own reader says about a ledger.
private struct OurAnswer: CustomStringConvertible {
    var lines: [String] = []
    var verdict = SecondReader.Answer.Verdict.good
    var end: (file: String, offset: Int?)?

    init(_ disk: MemoryDisk) {
        do {
            let reader = try EventLog.openReadOnly(at: GoldenLog.root, storage: disk).makeReader()
            let report = try EventLog.verify(at: GoldenLog.root, storage: disk)
            if let damage = report.damage { throw damage }
            lines = try LedgerDump.lines(reader)
            guard let tail = report.tornTail else { return }
            verdict = .torn
            end = (Self.relative(tail.segment), tail.offset)
        } catch {
            verdict = .damaged
            guard let error = error as? LogError else { return }
            end = (Self.relative(error.file ?? ""), error.offset)
        }
    }

    var description: String { "ours \(verdict.rawValue) \(end.map { "\($0)" } ?? "")" }

    private static func relative(_ path: FilePath) -> String {
        var path = path
        _ = path.removePrefix(GoldenLog.root)
        return path.string
    }
}

extension DamageWorkshop {
    /// The number of events in batches that end before a place.
    func events(before place: (segment: Int, offset: Int)) -> Int {
        segments.enumerated().reduce(0) { count, entry in
            let batches = entry.element.batches.filter { batch in
                entry.offset < place.segment
                    || entry.offset == place.segment && batch.offset + batch.header.length <= place.offset
            }
            return count + batches.reduce(0) { $0 + $1.header.eventCount }
        }
    }
}
