extension EffectiveEvent {
    /// From when it counts in questions about the past (D5).
    ///
    /// A refusal changes no figure and may have been refused for a wrong clock: it counts from when it was recorded at the latest. So does
    /// what only a later version knows.
    ///
    /// - Parameter recordedAt: When its record was recorded.
    public func counts(ifRecordedAt recordedAt: Timestamp) -> Timestamp {
        switch event {
        case .commandRefused, .unknown: min(effectiveAt, recordedAt)
        default: effectiveAt
        }
    }
}
