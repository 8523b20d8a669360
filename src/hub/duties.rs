//! What the hub does because a rule says that it follows: the papers' key, the end of the issue, the list, the box, the
//! count, the seal. Each is a command of the hub in the record, decided by the same rules as everybody's.

use std::sync::Arc;

use super::ballot_box::BallotBox;
use super::desk::{Desk, system_rng};
use super::notice::SealState;
use super::vault::Papers;
use crate::archive;
use crate::ballot::{self, Election, Issuer, VoprfIssuer, new_uuid};
use crate::meeting::{
    BallotId, Command, Factors, OpenedBox, Phase, Round, RoundPhase, Setup, can_grow, election_description,
    election_name, paper_questions,
};

impl Desk {
    /// Does what follows, until nothing more does. A duty that fails is tried again at the next turn.
    ///
    /// # Errors
    /// Why a duty failed, for every screen to show.
    pub(super) fn follow_rules(&mut self) -> Result<(), String> {
        // A round has a handful of duties; the bound only ends what would otherwise never end.
        for _ in 0..16 {
            let before = self.replay.number();
            self.next_duty()?;
            if self.replay.number() == before {
                break;
            }
        }
        Ok(())
    }

    fn next_duty(&mut self) -> Result<(), String> {
        self.review_duty()?;
        self.exam_duty()?;
        self.ceremony_duty()?;
        let Some(state) = self.state() else { return Ok(()) };
        let ballots: Vec<BallotId> =
            state.rounds_under_way().map(|round| round.issue.ballot.clone()).collect();
        ballots.into_iter().try_for_each(|ballot| self.round_duty(ballot))
    }

    fn round_duty(&mut self, ballot: BallotId) -> Result<(), String> {
        let Some((_, round)) = self.round(&ballot) else { return Ok(()) };
        match round.phase {
            RoundPhase::Issuing if round.issuer.is_none() => self.publish_issuer(ballot),
            RoundPhase::Issuing => {
                let complete = round.without_paper().next().is_none() && !round.issued.is_empty();
                if complete { self.by_rule(&Command::CloseIssue { ballot }) } else { Ok(()) }
            }
            RoundPhase::Registering => self.fix_list(ballot),
            RoundPhase::Confirming | RoundPhase::Voting => self.open_election(&ballot),
            RoundPhase::Sealed if round.box_closed_at.is_some() => Ok(()),
            RoundPhase::Sealed if !self.can_grow(&ballot) => self.by_rule(&Command::EndBoxCheck { ballot }),
            RoundPhase::Sealing | RoundPhase::Sealed => {
                // When the time in which it can grow is over, the hub looks again.
                self.look_again_soon();
                let ballots = self.the_box(&ballot).ok_or("the ballot box cannot be opened")?.hashes();
                self.by_rule(&Command::FixBox { ballot, ballots })
            }
            RoundPhase::Opening => self.count(ballot),
            // People do the rest by hand; what is to be printed is written once the round is durable.
            RoundPhase::OnPaper | RoundPhase::Counted | RoundPhase::Void => Ok(()),
        }
    }

    fn can_grow(&self, ballot: &BallotId) -> bool {
        self.round(ballot).is_some_and(|(state, round)| can_grow(state, round, self.now()))
    }

    /// The papers of a round, from memory or from the vault.
    pub(super) fn papers(&mut self, ballot: &BallotId) -> Option<&mut Papers> {
        if !self.papers.contains_key(ballot) {
            self.papers.insert(ballot.clone(), self.vault.papers(ballot).ok()??);
        }
        self.papers.get_mut(ballot)
    }

    /// The key is durable before it is published, so that a restart goes on with the same one.
    fn publish_issuer(&mut self, ballot: BallotId) -> Result<(), String> {
        if self.papers(&ballot).is_none() {
            let papers = Papers { issuer: VoprfIssuer::generate(&mut system_rng()), admitted: Vec::new() };
            self.vault.keep_papers(&ballot, &papers).map_err(|fault| fault.to_string())?;
            self.papers.insert(ballot.clone(), papers);
        }
        let issuer = self.papers(&ballot).ok_or("the papers cannot be read")?.issuer.public_key();
        self.by_rule(&Command::PublishIssuer { ballot, issuer })
    }

    /// When every issued paper has been registered, the list is fixed and the election written.
    fn fix_list(&mut self, ballot: BallotId) -> Result<(), String> {
        let papers = self.papers(&ballot).ok_or("the papers cannot be read")?;
        let admitted = papers.admitted.clone();
        let issuer_secret = papers.issuer.published().to_string();
        let Some((state, round)) = self.round(&ballot) else { return Ok(()) };
        if admitted.len() != round.issued.len() {
            return Ok(());
        }
        let trustees = state.trustees().ok_or("the key of the ballot box is not there")?;
        let trustees = ballot::Trustees::parse(trustees.as_bytes()).map_err(|error| error.to_string())?;
        let election = Election::new(
            new_uuid(&mut system_rng()),
            election_name(state, &round.issue),
            election_description(state, &round.issue),
            trustees.public_key(),
            paper_questions(state, &round.issue),
        )
        .map_err(|error| error.to_string())?;
        let credentials = admitted.iter().map(|admitted| admitted.credential).collect();
        let setup = ballot::Setup::new(election, trustees, credentials).map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let written = Setup {
            election: text(setup.election().bytes()),
            trustees: text(setup.trustees().bytes()),
            admitted,
            issuer_secret,
            hash: setup.hash(),
        };
        self.by_rule(&Command::FixList { ballot, setup: Box::new(written) })
    }

    /// Lets connections check ballots of this election, and makes its box.
    fn open_election(&mut self, ballot: &BallotId) -> Result<(), String> {
        self.the_box(ballot).map(|_| ()).ok_or_else(|| "the ballot box cannot be made".to_owned())
    }

    /// The box of a round, from memory or from the vault.
    pub(super) fn the_box(&mut self, ballot: &BallotId) -> Option<&mut BallotBox> {
        if !self.boxes.contains_key(ballot) {
            let (_, round) = self.round(ballot)?;
            let papers = round.issued.len();
            let setup = Arc::new(round.election()?);
            let path = self.vault.box_path(ballot);
            let check = |bytes: &[u8]| setup.check_ballot(bytes).ok();
            let open =
                BallotBox::open_on(&path, papers, setup.ballot_bytes_max(), check, self.vault.disk().clone())
                    .ok()?;
            self.boxes.insert(ballot.clone(), open);
            self.notices.elections.send_modify(|elections| {
                elections.insert(ballot.clone(), setup);
            });
        }
        self.boxes.get_mut(ballot)
    }

    pub(super) fn round(&self, ballot: &BallotId) -> Option<(&crate::meeting::State, &Round)> {
        let state = self.state()?;
        Some((state, state.round(ballot)?.1))
    }

    /// Opens the sum, and only the sum.
    fn count(&mut self, ballot: BallotId) -> Result<(), String> {
        let setup = {
            let (_, round) = self.round(&ballot).ok_or("there is no such round")?;
            round.election().ok_or("the setup in the record does not hold")?
        };
        let held = self.the_box(&ballot).ok_or("the ballot box cannot be opened")?;
        let ballots: Vec<_> = held.ballots().into_iter().map(|returned| returned.ballot.clone()).collect();
        let fault = |error: ballot::BallotError| error.to_string();
        let tally = ballot::tally(&setup, &ballots).map_err(fault)?;
        if let Some(shown) = self.false_factors(&ballot, &setup, &tally) {
            return self.by_rule(&shown);
        }
        let Some(partials) = self.partials(&ballot, &setup, &tally) else { return Ok(()) };
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        let outcome = ballot::combine(&setup, &tally, &partials, ballots.len()).map_err(fault)?;
        let factors = partials
            .iter()
            .map(|(trustee, factors)| Factors { trustee: *trustee, factors: text(factors.bytes()) })
            .collect();
        let sums = outcome
            .result
            .iter()
            .map(|sums| sums.iter().map(|sum| u32::try_from(*sum).unwrap_or(u32::MAX)).collect())
            .collect();
        let opened = OpenedBox { tally: text(tally.bytes()), factors, result: text(outcome.bytes), sums };
        self.by_rule(&Command::PublishCount { ballot, opened: Box::new(opened) })
    }

    /// What is to be printed for a vote on paper, beside the record. Only of rounds that are durable; after a crash it is
    /// written again, the same.
    pub(super) fn print_papers(&mut self) -> Result<(), String> {
        let Some(state) = self.state() else { return Ok(()) };
        let on_paper = |round: &&Round| round.phase == RoundPhase::OnPaper;
        let to_print = state.rounds_on_floor().filter(on_paper);
        let to_print: Vec<_> = to_print
            .filter(|round| !self.printed.contains(&round.issue.ballot))
            .map(|round| round.issue.clone())
            .collect();
        for issue in to_print {
            let Some(state) = self.state() else { return Ok(()) };
            let files = archive::papers::files(state, &issue);
            let folder = self.folder.dir().join(archive::papers::folder(&issue.ballot));
            std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            for (path, bytes) in files {
                let path = self.folder.dir().join(path);
                let written = self.vault.disk().write_over(&path, &bytes);
                written.map_err(|error| format!("{}: {error}", path.display()))?;
            }
            self.printed.insert(issue.ballot.clone());
        }
        Ok(())
    }

    /// The ballots' archives, minutes and tables are written, and the list of files made, for signature.
    pub(super) fn prepare_seal(&mut self) -> Result<(), String> {
        let Some(state) = self.state().filter(|state| state.phase == Phase::Ended) else { return Ok(()) };
        // After a takeover the console is enrolled anew, and the record grows by that: what was begun is begun again.
        let lines = self.replay.number();
        let outgrown = self.sealing.as_ref().is_some_and(|transcript| transcript.seal.lines != lines);
        let begun = self.held.seal.is_some() || *self.notices.seal.borrow() != SealState::NotYet;
        if begun && !outgrown {
            return Ok(());
        }
        let fixed: Vec<BallotId> = state
            .items
            .iter()
            .flat_map(|item| &item.rounds)
            .filter(|round| archive::bel::has_bel(round))
            .map(|round| round.issue.ballot.clone())
            .collect();
        for ballot in fixed {
            self.write_bel(&ballot)?;
        }
        let zone = jiff::tz::TimeZone::system();
        let seal = archive::seal::prepare_on(self.folder.dir(), &zone, self.vault.disk())
            .map_err(|fault| fault.to_string())?;
        self.begin_sealing(seal)
    }

    fn write_bel(&mut self, ballot: &BallotId) -> Result<(), String> {
        let held = self.the_box(ballot).ok_or("the ballot box cannot be opened")?;
        let ballots: Vec<Vec<u8>> =
            held.ballots().into_iter().map(|returned| returned.bytes.clone()).collect();
        let state = self.state().ok_or("there is no meeting")?;
        let bytes = archive::bel_bytes(state, ballot, &ballots).map_err(|fault| fault.to_string())?;
        let path = self.folder.dir().join(archive::bel::bel_path(ballot));
        // Cut short by a crash, it is written again at the next start: nothing is sealed before all of it is there.
        std::fs::create_dir_all(self.folder.dir().join(archive::BALLOTS))
            .and_then(|()| self.vault.disk().write_over(&path, &bytes))
            .map_err(|error| format!("{}: {error}", path.display()))
    }
}
