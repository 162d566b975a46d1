internal import EventLog
internal import LoyaltyDomain
internal import Projections

extension WriterRound {
    /// Records what is due on every card before an instant (D9), in as many batches as it takes.
    mutating func sweep(_ request: SweepRequest) -> Result<SweepReport, CommandError> {
        commit()
        var report = SweepReport(cards: 0, events: 0)
        do throws(CommandError) {
            guard request.instant.isRepresentable else { throw .malformed("the time lies outside the years 0 to 9999") }
            try open(at: request.recordedAt)
            guard let base = processor?.pending.base, let recordedAt = processor?.pending.recordedAt else {
                throw .ledger(.closed)
            }
            guard request.instant <= recordedAt.advanced(byMilliseconds: CardCommand.clockTolerance) else {
                throw .malformed("nothing is due more than ten minutes from now")
            }
            let days = base.calendars.mapValues { $0.localDay(of: request.instant) }
            let cards = base.cards.count
            let programs = base
            for number in 1...UInt32(max(cards, 1)) where number <= cards {
                let card = CardNumber(number)
                guard let day = days[programs.cards[card].program] else { continue }
                try open(at: request.recordedAt)
                let events = try processor?.sweep(card, at: request.instant, on: day) ?? 0
                if events > 0 { report.add(events) }
                if isBatchFull, let failure = write() { throw .ledger(failure) }
            }
            if let failure = write() { throw .ledger(failure) }
            return .success(report)
        } catch {
            dropPending()
            return .failure(error)
        }
    }

    /// Registers a device as a source of command ids, or finds it registered (D23).
    mutating func register(_ request: DeviceRequest) -> Result<SourceRegistration, CommandError> {
        commit()
        do throws(CommandError) {
            try open(at: request.recordedAt)
            guard let base = processor?.pending.base else { throw .ledger(.closed) }
            if let known = base.devices.first(where: { $0.label == request.device }) {
                return .success(SourceRegistration(number: known.number, isKnown: true))
            }
            let device = OfflineDevice(number: base.nextSource, label: request.device)
            try record(.deviceRegistered(device), id: nil)
            return .success(SourceRegistration(number: device.number, isKnown: false))
        } catch {
            return .failure(error)
        }
    }
}
