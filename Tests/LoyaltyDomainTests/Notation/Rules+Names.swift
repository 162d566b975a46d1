import LoyaltyDomain

extension CardRules {
    /// One stamp per 10.00 and ten stamps per reward, unless a case says otherwise.
    static func spend(
        _ stamps: Stamps = 1,
        per unit: Int64 = 1000,
        _ remainder: RemainderPolicy = .perTransaction,
        reward: Stamps = 10,
        cap: Stamps? = nil,
        _ uncollected: UncollectedPolicy = .forgive,
        expired: ExpiredRedemption = .allowed
    ) -> CardRules {
        CardRules.stampCard(
            mechanic: .spend(SpendRule(stamps: stamps, per: MinorUnits(unit), remainder: remainder)),
            stampsPerReward: reward,
            dailyStampCap: cap,
            uncollected: uncollected,
            redeemWhenExpired: expired
        )
    }

    static func visits(_ stamps: Stamps = 1, reward: Stamps = 10, cap: Stamps? = nil) -> CardRules {
        CardRules.stampCard(mechanic: .visit(stamps: stamps), stampsPerReward: reward, dailyStampCap: cap)
    }

    static func manual(reward: Stamps = 10) -> CardRules {
        CardRules.stampCard(mechanic: .manual, stampsPerReward: reward)
    }
}

extension Program {
    static func coffee(_ rules: CardRules, in currency: Currency = .dollars) -> Program {
        Program(id: .coffee, currency: currency, timeZone: "Etc/UTC", rules: rules)
    }
}

extension ProgramCatalog.Version {
    /// Rule version 1 of the only program, in effect from the beginning.
    static func first(of program: Program) -> ProgramCatalog.Version {
        ProgramCatalog.Version(version: RuleVersion(1), number: .only, effectiveFrom: .earliest, program: program)
    }
}

extension ProgramNumber {
    static let only = ProgramNumber(0)
}

extension Currency {
    static let dollars = known(Currency("USD"))
    static let yen = known(Currency("JPY"))
}

extension ProgramID {
    static let coffee = known(ProgramID("coffee"))
}

extension CardID {
    static let someCard = known(CardID("0001"))
}

extension CustomerID {
    static let someone = known(CustomerID("c-1"))
}

/// A value that the cases know to exist.
func known<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a case names a \(Value.self) that cannot be") }
    return value
}
