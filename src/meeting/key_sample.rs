//! A sample meeting whose scrutineers make the key of the box, for tests: step by step, through `decide` where the step needs
//! no secret.

use super::sample::{Sample, plan};
use super::{Actor, Command, Event, OpenedBox, SeatId, sha256_hex};
use crate::ballot::Certificate;
use crate::plan::{Duty, TrusteesPlan};
use crate::words::Lang;

/// The scrutineers of this meeting; two of the three open the box.
pub const THREE: [&str; 3] = ["m5", "m6", "m7"];

/// Signed certificates of three trustees, two of whom suffice.
const CERTIFICATES: &str = include_str!("../../tests/belenios/fixtures/ceremony/certs.jsons");

impl Sample {
    /// A meeting with three scrutineers, who are to make the key; their terminals are enrolled.
    pub fn keyed(lang: Lang) -> Self {
        let mut plan = plan(lang);
        plan.meeting.trustees = TrusteesPlan::Scrutineers { threshold: 2, allow_single: false };
        for person in plan.people.iter_mut().filter(|person| person.id == "m7") {
            person.duties.push(Duty::Scrutineer);
        }
        let mut sample = Self::of(plan);
        for (place, seat) in THREE.into_iter().enumerate() {
            sample.enrol(seat, &format!("{:02x}", place + 1).repeat(32));
        }
        sample
    }

    /// A terminal enrols.
    pub fn enrol(&mut self, seat: &str, key: &str) {
        self.order(&Actor::Hub, Command::Enrol { who: Actor::from(seat), key: key.to_owned() });
    }

    fn ceremony(&self) -> u32 {
        self.state.ceremony.as_ref().unwrap().number
    }

    /// The first `number` of those who take part show their certificates.
    pub fn certify(&mut self, number: usize) {
        let ceremony = self.ceremony();
        for (seat, line) in self.takers().into_iter().zip(CERTIFICATES.lines()).take(number) {
            let certificate: Certificate = serde_json::from_str(line).unwrap();
            let command = Command::CertifyKey { ceremony, certificate: Box::new(certificate) };
            self.order(&Actor::Seat(seat), command);
        }
    }

    /// The first `number` commit to their dealings; all have certified.
    pub fn deal(&mut self, number: usize) {
        let ceremony = self.ceremony();
        for seat in self.takers().into_iter().take(number) {
            let dealing = sha256_hex(seat.as_str().as_bytes());
            self.order(&Actor::Seat(seat), Command::CommitDealing { ceremony, dealing });
        }
    }

    /// The key is put together, and the first `number` check it.
    pub fn check_key(&mut self, number: usize) {
        let (ceremony, takers) = (self.ceremony(), self.takers());
        let trustees = "[]".to_owned();
        self.fold(&Actor::Hub, &[Event::TrusteesFixed { ceremony, trustees: trustees.clone() }]);
        for seat in takers.into_iter().take(number) {
            let trustees = sha256_hex(trustees.as_bytes());
            self.order(&Actor::Seat(seat), Command::ConfirmTrustees { ceremony, trustees });
        }
    }

    fn takers(&self) -> Vec<SeatId> {
        self.state.ceremony.as_ref().map_or(Vec::new(), |ceremony| ceremony.scrutineers.clone())
    }

    /// The whole key, once the scrutineers are approved.
    pub fn make_key(&mut self) {
        self.console(Command::MakeKey);
        let all = self.takers().len();
        self.certify(all);
        self.deal(all);
        self.check_key(all);
    }

    /// The first `number` scrutineers give their shares of the sum of the ballot on the floor.
    pub fn give_shares(&mut self, number: usize) {
        let ballot = self.ballot();
        for seat in THREE.into_iter().take(number) {
            let (sum, factors) = (sha256_hex(b""), sha256_hex(b""));
            let command = Command::ReleaseFactors { ballot: ballot.clone(), sum, factors };
            self.order(&Actor::from(seat), command);
        }
    }

    /// The sums of the lines voted on, opened by two of the three.
    pub fn count_by_two(&mut self, sums: &[[u32; 3]]) {
        self.give_shares(2);
        let factors = [1, 2].map(|trustee| super::Factors { trustee, factors: String::new() }).to_vec();
        let sums = sums.iter().map(|sums| sums.to_vec()).collect();
        let opened = Box::new(OpenedBox { tally: String::new(), factors, result: String::new(), sums });
        let ballot = self.ballot();
        self.order(&Actor::Hub, Command::PublishCount { ballot, opened });
    }
}
