internal import Dispatch
internal import LogFormat
internal import LoyaltyDomain
internal import Projections
internal import Synchronization

/// The threads that fold shares of the cards, one share each, from the loads of one pipe.
final class ShareFolding: Sendable {
    private let outcomes = Mutex<[Result<CardShare, LedgerError>]>([])
    private let group = DispatchGroup()

    /// Starts a thread for each share.
    init(_ shares: [CardShare], _ pipe: BlockPipe, from start: Position) {
        for share in shares {
            DispatchQueue(label: "loyalty-ledger fold \(share.number)").async(group: group) { [self] in
                let outcome = Result { () throws(LedgerError) in try Self.folded(share, pipe, from: start) }
                outcomes.withLock { $0.append(outcome) }
            }
        }
    }

    private static func folded(
        _ share: CardShare,
        _ pipe: BlockPipe,
        from start: Position
    ) throws(LedgerError) -> CardShare {
        var share = share
        do throws(LedgerError) {
            while let load = pipe.take(share.number) {
                for block in load.blocks { try share.fold(block, from: start) }
            }
        } catch {
            pipe.abandon()
            throw error
        }
        return share
    }

    /// Waits for all shares, once the pipe is finished, and gives them in their order.
    func shares() throws(LedgerError) -> [CardShare] {
        group.wait()
        var shares: [CardShare] = []
        for outcome in outcomes.withLock({ $0 }) { shares.append(try outcome.get()) }
        return shares.sorted { $0.number < $1.number }
    }
}
