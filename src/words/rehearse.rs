//! What simulated people say.

texts! {
    /// What simulated people say for the record.
    pub enum Said {
        Deliberated: "（演练）审议中对各名人选没有提出不同意见。",
            "(Rehearsal) No objection to a nominee was raised in the deliberation.";
    }
}
