import EventCoding
import Projections
import Testing

@testable import LoyaltyLedger

/// The bytes of a state folded from fixed events, pinned to the version of the fold.
///
/// Should one of these fail, events fold into another state than before, or a state has other bytes: bump
/// `LedgerState.foldVersion` and pin the new figures here, in the same commit. Never change the figures alone: old snapshots would
/// be taken for new ones.
@Suite struct FoldVersionTests {
    @Test func theVersionIsBumpedWithTheBytes() throws {
        let state = try SampleHistory().state
        let pinned = [UInt32(4): "c0b7aa96d91c619b297088dc878d378afd1b61a5d9af32ed0e821b7dac3bbf86"]
        #expect(pinned[LedgerState.foldVersion] == SampleHistory.digest(of: state.encoded()))
    }

    /// Disputes came later and move no figure: what there was before them folds as it did.
    @Test func whatCameBeforeDisputesFoldsAsItDid() throws {
        let state = try SampleHistory { !$0.isAboutCase }.state
        let pinned = [UInt32(4): "6f145ada01898ecb7a942d3a8ba6e8a47adefadab66408f0e59deb1074735fb2"]
        #expect(pinned[LedgerState.foldVersion] == SampleHistory.digest(of: state.encoded()))
    }

    /// Every kind of event is in the sample, so that a change in the fold of any is seen.
    @Test func theSampleHasEveryKindOfEvent() {
        #expect(SampleHistory.kinds.count == 19 + 36 + 5)
        #expect(SampleHistory.kinds.isSubset(of: Set(SampleHistory.events.map(\.kind))))
    }
}
