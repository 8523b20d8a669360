//! What a command is about: the item or the ballot that its words name.

use super::command::Command;
use super::ids::{BallotId, ItemId};

impl Command {
    /// The item a command is about, as far as its words say: part of what a signature covers.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::OpenItem { item }
            | Self::CountHeads { item, .. }
            | Self::Introduce { item, .. }
            | Self::BeginRecusal { item }
            | Self::Recuse { item, .. }
            | Self::Return { item, .. }
            | Self::BeginDeliberation { item }
            | Self::EndDeliberation { item }
            | Self::Defer { item, .. }
            | Self::Undefer { item, .. }
            | Self::OpenIssue { item }
            | Self::OpenPaperVote { item }
            | Self::DrawOrder { item }
            | Self::FixOrder { item, .. }
            | Self::CallOfficial { item, .. }
            | Self::PutOff { item, .. }
            | Self::BeginReport { item }
            | Self::ReportInWriting { item, .. }
            | Self::BeginQuestions { item }
            | Self::Ask { item, .. }
            | Self::EnterQuestion { item, .. }
            | Self::PublishSlips { item, .. }
            | Self::PublishSlipKey { item, .. }
            | Self::PublishSlipIssuer { item, .. }
            | Self::RequestSlips { item, .. }
            | Self::OrderQueue { item, .. }
            | Self::MergeQuestion { item, .. }
            | Self::ReturnQuestion { item, .. }
            | Self::CallQuestion { item, .. }
            | Self::TakeAnswer { item, .. }
            | Self::EndQuestion { item, .. }
            | Self::SayIfSatisfied { item, .. }
            | Self::Inquire { item, .. }
            | Self::EndQuestions { item, .. }
            | Self::GiveOpinion { item, .. }
            | Self::TakePlace { item, .. }
            | Self::BeginExam { item }
            | Self::HandIn { item, .. }
            | Self::EndExam { item }
            | Self::OpenBank { item, .. }
            | Self::OpenSheet { item, .. }
            | Self::FinishMarking { item, .. }
            | Self::DeclareOfficial { item }
            | Self::SayInside { item, .. }
            | Self::TakeDownSaid { item, .. }
            | Self::PutQuestion { item, .. }
            | Self::TakeDownQuestion { item, .. }
            | Self::Reply { item, .. }
            | Self::JudgeReply { item, .. }
            | Self::GiveStance { item, .. }
            | Self::EnterStance { item, .. }
            | Self::CloseOpinions { item, .. }
            | Self::CloseAllOpinions { item }
            | Self::CallFurtherRound { item }
            | Self::RecordNotice { item, .. }
            | Self::BeginStatements { item }
            | Self::FixSpeakers { item, .. }
            | Self::AskMember { item, .. }
            | Self::GiveStatement { item, .. }
            | Self::PassStatement { item, .. }
            | Self::SumUp { item, .. }
            | Self::PutToVote { item }
            | Self::DeferMatter { item, .. }
            | Self::VoteByName { item, .. }
            | Self::EnterVote { item, .. }
            | Self::CloseNamedVote { item }
            | Self::SignMatter { item, .. }
            | Self::LeaveUnsigned { item, .. }
            | Self::CountHands { item, .. }
            | Self::ObjectToVote { item, .. }
            | Self::TakeWithoutObjection { item }
            | Self::ObjectToResult { item, .. }
            | Self::Reconsider { item, .. }
            | Self::Declare { item } => Some(item),
            _ => None,
        }
    }

    /// The ballot a command is about.
    pub fn ballot(&self) -> Option<&BallotId> {
        match self {
            Self::PublishIssuer { ballot, .. }
            | Self::DeclinePaper { ballot }
            | Self::CloseIssue { ballot }
            | Self::FixList { ballot, .. }
            | Self::Object { ballot, .. }
            | Self::NewRound { ballot, .. }
            | Self::OpenVoting { ballot }
            | Self::CloseVoting { ballot }
            | Self::FixBox { ballot, .. }
            | Self::EndBoxCheck { ballot }
            | Self::ConfirmBox { ballot, .. }
            | Self::AcceptMissing { ballot, .. }
            | Self::KeepClosed { ballot }
            | Self::OpenBox { ballot }
            | Self::ReleaseFactors { ballot, .. }
            | Self::ShowFalseFactors { ballot, .. }
            | Self::NameSilent { ballot, .. }
            | Self::DeclareUnopenable { ballot }
            | Self::SignResult { ballot, .. }
            | Self::RefuseResult { ballot, .. }
            | Self::PublishCount { ballot, .. }
            | Self::EnterCount { ballot, .. }
            | Self::EnterCountFor { ballot, .. }
            | Self::RecordSheet { ballot, .. } => Some(ballot),
            _ => None,
        }
    }
}
