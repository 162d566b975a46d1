extension EffectiveEvent {
    /// From when it counts in questions about the past (D5).
    ///
    /// A refusal changes no figure and may have been refused for a wrong clock: it counts from when it was recorded at the latest.
    ///
    /// - Parameter recordedAt: When its record was recorded.
    public func counts(ifRecordedAt recordedAt: Timestamp) -> Timestamp {
        if case .commandRefused = event { min(effectiveAt, recordedAt) } else { effectiveAt }
    }
}
