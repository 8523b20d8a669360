//! Rounds of real ballots: papers, lists, votes, boxes, counts.

use super::Sample;
use crate::archive::bel::election;
use crate::ballot::{
    BallotHash, CredentialSecret, Election, Issuer, Marks, PaperRequest, Setup as BallotSetup, Trustees,
    VoprfIssuer, combine, new_uuid, tally,
};
use crate::meeting::{
    Actor, Admitted, BallotId, Command, Factors, ItemId, ListSeen, OpenedBox, PaperAsked, RoundPhase, SeatId,
    Setup, election_description, election_name, paper_questions, result_hash, seat,
};
use crate::rules::Choice;

impl Sample {
    /// A round up to the confirmed list; returns its ballot.
    pub fn issue(&mut self) -> BallotId {
        self.issue_all("posts").remove(0)
    }

    /// All rounds that are issued together, up to the confirmed lists; returns their ballots.
    pub fn issue_all(&mut self, item: &str) -> Vec<BallotId> {
        self.count_heads(item);
        self.officer(Command::OpenIssue { item: ItemId::from(item) });
        let ballots: Vec<BallotId> = self
            .state()
            .rounds_under_way()
            .filter(|round| round.phase == RoundPhase::Issuing)
            .map(|round| round.issue.ballot.clone())
            .collect();
        let admitted: Vec<_> = ballots.iter().map(|ballot| self.issue_papers(ballot)).collect();
        for (ballot, (issuer, mut admitted)) in ballots.iter().zip(admitted) {
            admitted.sort_by_key(|(_, admitted): &(CredentialSecret, Admitted)| admitted.credential);
            let (secrets, admitted): (Vec<_>, Vec<_>) = admitted.into_iter().unzip();
            let setup = self.setup(ballot, admitted, &issuer);
            self.hub(Command::FixList { ballot: ballot.clone(), setup: Box::new(setup) });
            self.secrets.insert(ballot.clone(), secrets);
        }
        for ballot in &ballots {
            let round = self.state().round(ballot).unwrap().1.clone();
            let hash = round.setup.unwrap().hash.clone();
            for seat in round.issued.keys() {
                let lists = vec![ListSeen { ballot: ballot.clone(), setup: hash.clone() }];
                let command = Command::ConfirmLists { lists };
                self.give(&Actor::Seat(seat.clone()), &command);
            }
        }
        ballots
    }

    /// Everybody on a ballot takes a paper.
    fn issue_papers(&mut self, ballot: &BallotId) -> (VoprfIssuer, Vec<(CredentialSecret, Admitted)>) {
        let seats = self.state().round(ballot).unwrap().1.issue.electorate.clone();
        let issuer = VoprfIssuer::generate(&mut self.rng);
        self.hub(Command::PublishIssuer { ballot: ballot.clone(), issuer: issuer.public_key() });
        let mut admitted = Vec::new();
        for seat in &seats {
            let secret = CredentialSecret::generate(&mut self.rng);
            let credential = secret.public();
            let request = PaperRequest::new(&credential, &mut self.rng).unwrap();
            let papers = vec![PaperAsked { ballot: ballot.clone(), request: request.request().clone() }];
            let command = Command::RequestPapers { papers };
            self.give(&Actor::Seat(seat.clone()), &command);
            let answer = issuer.issue(request.request(), &mut self.rng).unwrap();
            let token = request.finish(&answer, &issuer.public_key()).unwrap();
            admitted.push((secret, Admitted { credential, token }));
        }
        self.hub(Command::CloseIssue { ballot: ballot.clone() });
        (issuer, admitted)
    }

    fn setup(&mut self, ballot: &BallotId, admitted: Vec<Admitted>, issuer: &VoprfIssuer) -> Setup {
        let state = self.replay.state().unwrap();
        let issue = state.round(ballot).unwrap().1.issue.clone();
        let trustees = Trustees::parse(state.trustees().unwrap().as_bytes()).unwrap();
        let election = Election::new(
            new_uuid(&mut self.rng),
            election_name(state, &issue),
            election_description(state, &issue),
            trustees.public_key(),
            paper_questions(state, &issue),
        );
        let credentials = admitted.iter().map(|admitted| admitted.credential).collect();
        let setup = BallotSetup::new(election.unwrap(), trustees, credentials).unwrap();
        Setup {
            election: String::from_utf8(setup.election().bytes().to_vec()).unwrap(),
            trustees: state.trustees().unwrap().to_owned(),
            admitted,
            issuer_secret: issuer.published().to_string(),
            hash: setup.hash(),
        }
    }

    /// Ballots are cast, the box is fixed, confirmed by all but one, and opened.
    pub fn vote(&mut self, ballot: &BallotId, choices: &[[Choice; 2]]) {
        self.cast(ballot, choices);
        self.open_boxes(std::slice::from_ref(ballot));
    }

    /// Ballots are cast and the box is fixed.
    pub fn cast(&mut self, ballot: &BallotId, choices: &[[Choice; 2]]) {
        let marks = choices.iter().map(|choices| choices.iter().map(|choice| choice.place()).collect());
        self.cast_all(&[(ballot.clone(), marks.collect())]);
    }

    /// Ballots are cast on all rounds together, each with the place of its answer on each question; the boxes are fixed.
    pub fn cast_all(&mut self, votes: &[(BallotId, Vec<Vec<usize>>)]) {
        let marks = votes.iter().map(|(ballot, votes)| {
            let setup = election(self.state().round(ballot).unwrap().1.setup.as_ref().unwrap()).unwrap();
            let marks = votes.iter().map(|places| {
                let questions = setup.election().questions().iter().zip(places);
                let marks = questions.map(|(question, place)| {
                    (0..question.answers.len()).map(|answer| u32::from(answer == *place)).collect()
                });
                Marks(marks.collect())
            });
            (ballot.clone(), marks.collect())
        });
        let marks: Vec<(BallotId, Vec<Marks>)> = marks.collect();
        self.cast_marks(&marks);
    }

    /// The same with the marks as they are encrypted.
    pub fn cast_marks(&mut self, votes: &[(BallotId, Vec<Marks>)]) {
        self.compare_room();
        self.officer(Command::OpenVoting { ballot: votes[0].0.clone() });
        for (ballot, votes) in votes {
            let setup = election(self.state().round(ballot).unwrap().1.setup.as_ref().unwrap()).unwrap();
            let ballots = self.secrets[ballot]
                .iter()
                .zip(votes)
                .map(|(secret, marks)| setup.encrypt(secret, marks, &mut self.rng).unwrap().bytes)
                .collect();
            self.boxes.insert(ballot.clone(), ballots);
        }
        self.officer(Command::CloseVoting { ballot: votes[0].0.clone() });
        for (ballot, _) in votes {
            let mut ballots: Vec<BallotHash> =
                self.boxes[ballot].iter().map(|ballot| BallotHash::of(ballot)).collect();
            ballots.sort_unstable();
            self.hub(Command::FixBox { ballot: ballot.clone(), ballots });
        }
    }

    /// The boxes are confirmed by all but one each, opened and counted.
    pub fn open_boxes(&mut self, ballots: &[BallotId]) {
        self.now += jiff::SignedDuration::from_secs(60);
        for ballot in ballots {
            if self.state().round(ballot).unwrap().1.box_closed_at.is_none() {
                self.hub(Command::EndBoxCheck { ballot: ballot.clone() });
            }
            let round = self.state().round(ballot).unwrap().1.clone();
            let box_hash = round.box_hash.unwrap();
            for seat in round.issued.into_keys().skip(1) {
                let command = Command::ConfirmBox { ballot: ballot.clone(), box_hash: box_hash.clone() };
                self.give(&Actor::Seat(seat), &command);
            }
        }
        self.now += jiff::SignedDuration::from_secs(60);
        for ballot in ballots {
            let missing: Vec<SeatId> =
                self.state().round(ballot).unwrap().1.box_unconfirmed().cloned().collect();
            for scrutineer in self.scrutineers() {
                let (ballot, seats) = (ballot.clone(), missing.clone());
                self.give(&scrutineer, &Command::AcceptMissing { ballot, seats });
            }
        }
        self.officer(Command::OpenBox { ballot: ballots[0].clone() });
        for ballot in ballots {
            let opened = self.count(ballot);
            self.hub(Command::PublishCount { ballot: ballot.clone(), opened: Box::new(opened) });
        }
        self.answer_sheet(&ballots[0]);
    }

    /// The scrutineers sign the result sheet; of three, the last one does not.
    fn answer_sheet(&mut self, ballot: &BallotId) {
        let result = result_hash(self.state().rounds_on_floor());
        let lang = self.state().plan().meeting.language;
        let scrutineers = self.scrutineers();
        for (place, scrutineer) in scrutineers.iter().enumerate() {
            let (ballot, result) = (ballot.clone(), result.clone());
            let reason = lang.pick("我记的人数不同", "I counted other heads").to_owned();
            let command = match place {
                2 => Command::RefuseResult { ballot, reason },
                _ => Command::SignResult { ballot, result },
            };
            self.give(scrutineer, &command);
        }
    }

    /// The scrutineers who are here.
    fn scrutineers(&self) -> Vec<Actor> {
        let here = self.state().scrutineers().map(seat).filter(|seat| self.state().is_present(seat));
        here.map(Actor::Seat).collect()
    }

    fn count_heads(&mut self, item: &str) {
        let item = ItemId::from(item);
        let heads = self.state().present_for(self.state().item(&item).unwrap());
        for scrutineer in self.scrutineers() {
            self.give(&scrutineer, &Command::CountHeads { item: item.clone(), heads });
        }
    }

    fn compare_room(&mut self) {
        for scrutineer in self.scrutineers() {
            if let Some(head) = self.state().room.head.clone().filter(|_| self.state().room.due) {
                self.give(&scrutineer, &Command::ConfirmRoom { head });
            }
        }
    }

    fn count(&mut self, ballot: &BallotId) -> OpenedBox {
        let setup = election(self.state().round(ballot).unwrap().1.setup.as_ref().unwrap()).unwrap();
        let checked: Vec<_> =
            self.boxes[ballot].iter().map(|ballot| setup.check_ballot(ballot).unwrap()).collect();
        let sums = tally(&setup, &checked).unwrap();
        let partials = self.factors(&setup, &sums);
        self.release(ballot, &sums, &partials);
        let outcome = combine(&setup, &sums, &partials, checked.len()).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let factors = partials
            .iter()
            .map(|(trustee, partial)| Factors { trustee: *trustee, factors: text(partial.bytes()) });
        OpenedBox {
            tally: text(sums.bytes()),
            factors: factors.collect(),
            result: text(outcome.bytes),
            sums: outcome.result.iter().map(|sums| sums.iter().map(|sum| *sum as u32).collect()).collect(),
        }
    }
}
