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
        let pinned = [UInt32(3): "1954f35258b9f188e8ae88eefcb95786c21bc36c8ff4936cc2385f3942000f51"]
        #expect(pinned[LedgerState.foldVersion] == SampleHistory.digest(of: state.encoded()))
    }

    /// Disputes came later and move no figure: what there was before them folds as it did.
    @Test func whatCameBeforeDisputesFoldsAsItDid() throws {
        let state = try SampleHistory { !$0.isAboutCase }.state
        let pinned = [UInt32(3): "0055badb612fd9e944608adc665267721c7c6481906810352f67a2b3349dd976"]
        #expect(pinned[LedgerState.foldVersion] == SampleHistory.digest(of: state.encoded()))
    }

    /// Every kind of event is in the sample, so that a change in the fold of any is seen.
    @Test func theSampleHasEveryKindOfEvent() {
        #expect(SampleHistory.kinds.count == 19 + 36 + 5)
        #expect(SampleHistory.kinds.isSubset(of: Set(SampleHistory.events.map(\.kind))))
    }
}
