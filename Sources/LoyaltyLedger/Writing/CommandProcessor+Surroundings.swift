internal import EventLog
internal import LoyaltyDomain
internal import Projections

extension CommandProcessor {
    /// What the decision needs to know that its card does not (DESIGN.md 7.3).
    mutating func surroundings(
        of request: CommandRequest,
        on card: CardNumber,
        _ state: CardState,
        day: LocalDay
    ) throws(CommandError) -> Surroundings {
        let action = request.command.action
        var surroundings = Surroundings()
        surroundings.card = card
        surroundings.nextCard = pending.nextCard
        surroundings.isOffline = request.context.source == .offline
        surroundings.counterpart = counterpart(of: action, state)
        switch action {
        case .refer:
            if let customer = pending.customer(of: card) {
                surroundings.isOnlyCardOfCustomer = pending.cards(of: customer) <= 1
            }
        case .redeemCoupon: surroundings.customer = pending.customer(of: card)
        default: break
        }
        guard action.isTransaction else { return surroundings }
        let rules = pending.base.catalog.version(of: state.program, at: request.command.occurredAt)?.program.rules
        guard let rules else { return surroundings }
        if !rules.happyHours.isEmpty, let calendar = pending.base.calendars[state.program] {
            let time = calendar.localTime(of: request.command.occurredAt)
            surroundings.minuteOfDay = Int32(time.millisecondOfDay / 60_000)
        }
        if rules.guards.dailyStaffCap != nil, let staff = request.context.attribution.staff {
            let key = Couplings.StaffDay(program: state.program, staff: staff, day: day)
            surroundings.staffStamps = pending.staffStamps(on: key)
        }
        if rules.guards.singleUseReferences, let reference = request.context.reference {
            let hash = referenceHash(reference, of: state.program)
            surroundings.reference = hash
            surroundings.isReferenceUsed = pending.isReferenceUsed(hash)
        }
        try countUses(of: request, on: card, state, in: &surroundings)
        return surroundings
    }

    /// The other card: named by the action, or the one that a coupon's redemption would close.
    private func counterpart(of action: CardAction, _ state: CardState) -> Surroundings.Counterpart? {
        var number = action.counterpart.flatMap { pending.number(of: $0) }
        if case .reverseRedemption = action, state.links.convertedInto != CardNumber(0) {
            number = state.links.convertedInto
        }
        guard let number, pending.contains(number) else { return nil }
        return Surroundings.Counterpart(number: number, state: pending.state(of: number))
    }

    /// Counts a membership's visits at the command's location in the running period, where its tier limits them.
    private mutating func countUses(
        of request: CommandRequest,
        on card: CardNumber,
        _ state: CardState,
        in surroundings: inout Surroundings
    ) throws(CommandError) {
        guard state.membership.period != nil, let location = request.context.attribution.location else { return }
        let tier = pending.base.catalog.program(state.program)?.rules.tiers?[state.tier.number]
        guard tier?.usesPerLocation != nil else { return }
        let day = localDay(of: request.command.occurredAt, program: state.program)
        // A period that begins with this command has no uses yet.
        let start = state.membership.period?.start(of: day, from: state.membership.anchor) ?? state.membership.start
        let uses = try history(of: card).transactions.filter { next in
            !next.isWithdrawn && next.occurredOn >= max(start, state.membership.start)
                && pending.attribution(next.attribution)?.location == location
        }
        surroundings.usesHere = Int32(truncatingIfNeeded: uses.count)
    }
}
