// Whoever uses the ledger speaks in the domain's values; one import gives both.
@_exported public import LoyaltyDomain
