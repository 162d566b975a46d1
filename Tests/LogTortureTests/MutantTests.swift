import LogFormat
import Testing

/// The mutants themselves are caught by `make torture-short`, in a build that has them.
@Suite struct MutantTests {
    @Test("this build has no mutants, and none can be released", arguments: Mutant.allCases)
    func absent(_ mutant: Mutant) {
        Mutant.release(mutant)
        #expect(!Mutant.lives(mutant))
        #expect(!Mutant.areBuilt)
    }

    @Test("there are at least twelve")
    func count() { #expect(Mutant.allCases.count >= 12) }
}
