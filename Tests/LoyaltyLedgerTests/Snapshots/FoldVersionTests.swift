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
        let pinned = [UInt32(5): "773cda133033eb276c2d0a06e66a16d496a717be7035581d1d11da53fdc6e8eb"]
        #expect(pinned[LedgerState.foldVersion] == SampleHistory.digest(of: state.encoded()))
    }

    /// Disputes came later and move no figure: what there was before them folds as it did.
    @Test func whatCameBeforeDisputesFoldsAsItDid() throws {
        let state = try SampleHistory { !$0.isAboutCase }.state
        let pinned = [UInt32(5): "f7e026b3e2c7361307b7c54069f5c564a92b26141215ef653262dc43926d36b5"]
        #expect(pinned[LedgerState.foldVersion] == SampleHistory.digest(of: state.encoded()))
    }

    /// Every kind of event is in the sample, so that a change in the fold of any is seen.
    @Test func theSampleHasEveryKindOfEvent() {
        #expect(SampleHistory.kinds.count == 19 + 36 + 5)
        #expect(SampleHistory.kinds.isSubset(of: Set(SampleHistory.events.map(\.kind))))
    }
}
