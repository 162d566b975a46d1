import LoyaltyLedger

/// The lines of a profile that tiers, subscriptions, coupons and catalogues add.
struct ProfileParts {
    /// The card.
    let profile: CardProfile

    /// Its program's phrases.
    let phrases: Phrases

    private var metrics: CardMetrics { profile.metrics }
    private var state: CardState { profile.state }

    /// The lines.
    var lines: [(String, String)] { tier + membership + coupon + catalogue }

    private var tier: [(String, String)] {
        let isShared = metrics.share != nil
        guard profile.program.rules.tiers != nil || isShared else { return [] }
        let pin: String =
            switch state.tier.pin {
            case .none: ""
            case .until(let day): ", pinned through \(day)"
            case .indefinite: ", pinned"
            }
        var lines = [("Tier", phrases.tier(state.tier.number) + pin)]
        if let share = metrics.share {
            let isDiscount = profile.program.rules.mechanic == .amounts
            lines.append((isDiscount ? "Discount" : "Cashback", share.percentText))
        }
        if let next = metrics.nextTier, let amount = metrics.amountToNextTier {
            lines.append(("To the next tier", "\(Money(amount, profile.program.currency)) to \(next.name.text)"))
        }
        return lines
    }

    private var membership: [(String, String)] {
        guard let period = state.membership.period, let start = metrics.periodStart, let used = metrics.usesInPeriod
        else { return [] }
        let left = metrics.usesLeft.map { ", \($0) left" } ?? ", no limit"
        return [
            ("Membership", state.membership.isCancelled ? "cancelled" : "by the \(period), since \(start)"),
            ("Uses in period", "\(used)\(left)"),
        ]
    }

    private var coupon: [(String, String)] {
        guard let coupon = metrics.coupon else { return [] }
        return [
            ("Coupon", "\(coupon.rawValue), \(counted(state.rewardsAvailable, "use")) left"),
            ("Coupon used", counted(state.rewardsRedeemed - state.rewardsReversed, "time")),
        ]
    }

    private var catalogue: [(String, String)] {
        guard case .catalogue = profile.program.rules.rewards else { return [] }
        let best = metrics.bestAffordable.map { "\($0.name.text) for \(phrases.units($0.cost))" }
        return [("Best reward now", best ?? "none yet")]
    }
}
