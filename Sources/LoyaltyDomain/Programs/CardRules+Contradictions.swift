extension CardRules {
    /// What is wrong with the rules, in words, or nil where nothing is.
    public var firstContradiction: String? {
        if let contradiction = rewards.firstContradiction ?? guards.firstContradiction { return contradiction }
        if case .graceDays(let days) = redeemWhenExpired, days < 1 {
            return "graceDays must be at least 1, not \(days)"
        }
        if case .days(let days) = term, !(0...36_500).contains(days) {
            return "term must be 0 to 36500 days, not \(days)"
        }
        let parts = [
            mechanic.firstContradiction, spending.firstContradiction, life.firstContradiction,
            tiers?.firstContradiction, welcome.firstContradiction, referral?.firstContradiction,
            happyHours.lazy.compactMap(\.firstContradiction).first,
        ]
        if let contradiction = parts.lazy.compactMap({ $0 }).first { return contradiction }
        if let conversion, !(0...Stamps.largest ~= conversion.stamps) {
            return "a conversion must give 0 to \(Stamps.largest) stamps, not \(conversion.stamps)"
        }
        return type.form.contradiction(in: self)
    }

    /// The parts that are not at rest, in the order of their declaration.
    var parts: [RulePart] {
        RulePart.allCases.filter { part in
            switch part {
            case .unlock: stampsPerReward != nil
            case .milestones: !milestones.isEmpty
            case .catalogue: if case .catalogue = rewards { true } else { false }
            case .spending: spending != .none
            case .life: life != .unlimited
            case .tiers: tiers != nil
            case .welcome: welcome != .nothing
            case .referral: referral != nil
            case .happyHours: !happyHours.isEmpty
            case .conversion: conversion != nil
            case .subscription: subscription != nil
            }
        }
    }
}

/// A part of rules that only some card types have.
enum RulePart: String, CaseIterable {
    case unlock = "stampsPerReward"
    case milestones
    case catalogue
    case spending
    case life = "stampLife"
    case tiers
    case welcome
    case referral
    case happyHours
    case conversion
    case subscription
}
