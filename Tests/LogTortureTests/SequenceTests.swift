import Testing

@testable import LogTorture

/// A sample of the sequences of `make torture`.
@Suite struct SequenceTests {
    @Test("every operation alone, with a crash at each of its calls", arguments: Operation.allCases)
    func single(_ operation: Operation) throws {
        var run = SequenceRun([operation])
        try run.run(from: try Trial())
        #expect(run.crashes > 20)
    }

    @Test("there are as many sequences of up to three operations as there should be")
    func count() {
        let kinds = Operation.allCases.count
        let sequences = Operation.sequences(upTo: 3)
        #expect(sequences.count == kinds + kinds * kinds + kinds * kinds * kinds)
        #expect(Set(sequences).count == sequences.count)
    }

    @Test("every subset of a few pieces is tried, of many a part", arguments: 0...9)
    func subsets(_ count: Int) {
        let masks = SequenceRun.subsets(count).map { subset in (0..<count).map { subset($0) } }
        #expect(masks.contains([Bool](repeating: true, count: count)))
        #expect(masks.contains([Bool](repeating: false, count: count)))
        if count <= SequenceRun.exhaustivePieces { #expect(Set(masks).count == 1 << count) }
    }
}
