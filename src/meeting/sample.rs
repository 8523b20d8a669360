//! A meeting for tests: a small plan, and the steps that bring it to any point, all through `decide` and the fold.
//!
//! ```ignore
//! let state = Sample::new(Lang::Zh).until(Point::Voting).state;
//! ```

use jiff::Timestamp;

use super::event::{Event, Frozen, Issue, PaperAsked, Setup};
use super::{
    Actor, BallotId, Command, Happened, ItemId, LineFacts, LineId, Refusal, SeatId, SessionId, State, decide,
    next_step, seat,
};
use crate::harmless::hostile::{endless, hostile, spoilt};
use crate::plan::{
    Duty, Group, Item, ItemKind, MeetingPlan, Nomination, Nominee, Person, Plan, PostList, SmallPlan,
    Standing, TrusteesPlan,
};
use crate::rules::Threshold;
use crate::words::Lang;

/// A meeting that can be led on.
pub struct Sample {
    pub state: State,
    pub now: Timestamp,
    /// What becomes of every text that is written in the meeting, where a test wants it hostile.
    pub spoil: Option<fn(&str) -> String>,
}

/// Where a meeting can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    SigningIn,
    Opened,
    ScrutineersApproved,
    /// Two nominees have been introduced.
    Introducing,
    Recusing,
    Deliberating,
    /// The second party line is deferred.
    Deliberated,
    Issuing,
    Registering,
    Confirming,
    Voting,
    Sealing,
    Sealed,
    Opening,
    Counted,
    Declared,
    Closed,
}

/// Something that parses as any of the ballot's short names.
pub(super) const HEX: &str = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

const ZH_MEMBERS: [(&str, &str); 9] = [
    ("张 伟", "区委"),
    ("王秀英", "区纪委"),
    ("阿卜杜热合曼·买买提明", "统战部"),
    ("李建国", "组织部"),
    ("赵 敏", "宣传部"),
    ("孙 涛", "政法委"),
    ("周 静", "区总工会"),
    ("欧阳 兰", "团区委"),
    ("𠮷 川", "区妇联"),
];
const EN_MEMBERS: [(&str, &str); 9] = [
    ("Zhang Wei", "District Committee"),
    ("Wang Xiuying", "Discipline Commission"),
    ("Abdurahman Memetimin", "United Front"),
    ("Li Jianguo", "Organisation"),
    ("Zhao Min", "Publicity"),
    ("Sun Tao", "Political and Legal Affairs"),
    ("Zhou Jing", "Trade Unions"),
    ("Ouyang Lan", "Youth League"),
    ("Ji Chuan", "Women's Federation"),
];
const ZH_NOMINEES: [(&str, &str, PostList); 6] = [
    ("张 伟", "东关街道党工委书记", PostList::Party),
    ("王 芳", "河口镇党委书记", PostList::Party),
    ("阿依古丽·买买提", "青山镇党委书记", PostList::Party),
    ("陈 静", "柳林镇镇长", PostList::Government),
    ("杨 帆", "石门镇镇长", PostList::Government),
    ("𠮷 田", "新桥镇镇长", PostList::Government),
];
const EN_NOMINEES: [(&str, &str, PostList); 6] = [
    ("Zhang Wei", "Secretary, Dongguan Subdistrict", PostList::Party),
    ("Wang Fang", "Secretary, Hekou Town", PostList::Party),
    ("Aygul Memet", "Secretary, Qingshan Town", PostList::Party),
    ("Chen Jing", "Mayor, Liulin Town", PostList::Government),
    ("Yang Fan", "Mayor, Shimen Town", PostList::Government),
    ("Ji Tian", "Mayor, Xinqiao Town", PostList::Government),
];

/// The sample's plan: members `m1` to `m9` (m1 presides and is nominee `n1`, m5 m6 are scrutineers, m4 records),
/// attendees `a1`, `a2`; item `appoint` with lines `n1` to `n6`.
pub fn plan(lang: Lang) -> Plan {
    let person = |id: String, name: &str, group: &str, unit: &str, duties: Vec<Duty>| Person {
        id,
        name: name.to_owned(),
        group: group.to_owned(),
        unit: unit.to_owned(),
        duties,
        leave: false,
    };
    let mut people: Vec<Person> = lang
        .pick(ZH_MEMBERS, EN_MEMBERS)
        .iter()
        .enumerate()
        .map(|(place, (name, unit))| {
            let duties = match place {
                0 => vec![Duty::Presiding],
                3 => vec![Duty::Recorder],
                4 | 5 => vec![Duty::Scrutineer],
                _ => Vec::new(),
            };
            person(format!("m{}", place + 1), name, "members", unit, duties)
        })
        .collect();
    let attendees = lang.pick(["何 平", "吴 敏"], ["He Ping", "Wu Min"]);
    for (place, name) in attendees.iter().enumerate() {
        people.push(person(format!("a{}", place + 1), name, "alternates", "", Vec::new()));
    }
    let lines = lang
        .pick(ZH_NOMINEES, EN_NOMINEES)
        .iter()
        .enumerate()
        .map(|(place, (name, post, list))| Nominee {
            id: format!("n{}", place + 1),
            name: (*name).to_owned(),
            post: (*post).to_owned(),
            list: *list,
            person: (place == 0).then(|| "m1".to_owned()),
            relatives: if place == 3 { vec!["m8".to_owned()] } else { Vec::new() },
            introduction: format!("n{}/introduction.md", place + 1),
            inspection: format!("n{}/inspection.md", place + 1),
        })
        .collect();
    let group = |id: &str, name: &str, standing| Group { id: id.to_owned(), name: name.to_owned(), standing };
    Plan {
        meeting: MeetingPlan {
            title: lang.pick("某区区委六届三次全会", "Third Plenary of the Sixth Committee").to_owned(),
            body: lang.pick("某区区委", "District Committee").to_owned(),
            date: jiff::civil::date(2026, 11, 24),
            venue: lang.pick("会议中心", "Conference Centre").to_owned(),
            language: lang,
            trustees: TrusteesPlan::Console,
            small: SmallPlan::Closed,
            quorum: Threshold::QUORUM,
            holidays: Vec::new(),
            workdays: Vec::new(),
        },
        groups: vec![
            group("members", lang.pick("委员", "Members"), Standing::Member),
            group("alternates", lang.pick("候补委员", "Alternates"), Standing::Attendee),
        ],
        people,
        items: vec![Item {
            id: "appoint".to_owned(),
            title: lang
                .pick("票决推荐镇街党政正职人选", "Nominations to town and subdistrict posts")
                .to_owned(),
            kind: ItemKind::Nomination(Nomination {
                voters: vec!["members".to_owned()],
                attendees: vec!["alternates".to_owned()],
                quorum: Threshold::QUORUM,
                carried: Threshold::MAJORITY,
                lines,
            }),
        }],
    }
}

impl Sample {
    /// The meeting after its first line.
    pub fn new(lang: Lang) -> Self {
        Self::of(plan(lang))
    }

    /// A meeting of another plan with the sample's item `appoint`.
    pub fn of(plan: Plan) -> Self {
        let frozen = Frozen {
            session: SessionId::from("0123456789abcdef0123456789abcdef"),
            rehearsal: false,
            plan,
            plan_hash: super::sha256_hex(b"plan"),
            materials: Vec::new(),
            hub_key: HEX.to_owned(),
            trustees: Some("[]".to_owned()),
            exams: Vec::new(),
        };
        Self { state: State::begin(frozen), now: "2026-11-24T01:30:00Z".parse().unwrap(), spoil: None }
    }

    /// The same meeting with a plan and words in which every text is hostile.
    pub fn hostile(self) -> Self {
        let plan = spoilt(self.state.plan(), endless);
        Self { spoil: Some(hostile), ..Self::of(plan) }
    }

    /// The same, as a rehearsal.
    pub fn rehearsal(mut self) -> Self {
        let mut frozen = (*self.state.frozen).clone();
        frozen.rehearsal = true;
        self.state.frozen = std::sync::Arc::new(frozen);
        self
    }

    /// Gives a command; events are folded.
    pub fn try_order(&mut self, actor: &Actor, command: &Command) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.state, actor, command, self.now)?;
        self.fold(actor, &events);
        Ok(events)
    }

    /// Gives a command that must not be refused.
    pub fn order(&mut self, actor: &Actor, command: Command) {
        if let Err(refusal) = self.try_order(actor, &command) {
            panic!("{command:?} was refused: {refusal:?}");
        }
    }

    /// Folds events without asking whether they are lawful.
    pub fn fold(&mut self, actor: &Actor, events: &[Event]) {
        self.now += jiff::SignedDuration::from_secs(20);
        let number = self.state.line + 1;
        let spoilt = self.spoil.map(|spoil| spoilt(&events.to_vec(), spoil));
        let happened = Happened::Events(spoilt.as_deref().unwrap_or(events));
        let (time, head) = (self.now, format!("{number:064x}"));
        self.state.fold(&LineFacts { number, time, head: &head, actor, order: None, happened });
    }

    /// The console's command.
    pub fn console(&mut self, command: Command) {
        self.order(&Actor::Console, command);
    }

    /// Signs these seats in, each for itself.
    pub fn sign_in(&mut self, seats: &[&str]) {
        for id in seats {
            let seat = SeatId::from(*id);
            self.order(&Actor::Seat(seat.clone()), Command::SignIn { seat });
        }
    }

    /// The sample's item.
    pub fn item() -> ItemId {
        ItemId::from("appoint")
    }

    /// The ballot of its last round, or of its first.
    pub fn ballot(&self) -> BallotId {
        self.state
            .item_state(&Self::item())
            .and_then(|item| item.round())
            .map_or(BallotId::of_round(&Self::item(), None, None, 1), |round| round.issue.ballot.clone())
    }

    /// Leads the meeting to a point. Eight of nine members are present (m9 is not), and one attendee.
    pub fn until(self, point: Point) -> Self {
        self.lead(None, point)
    }

    /// Leads a meeting on that is at one point already.
    pub fn further(self, from: Point, to: Point) -> Self {
        self.lead(Some(from), to)
    }

    fn lead(mut self, after: Option<Point>, point: Point) -> Self {
        let item = Self::item();
        let steps = [
            Point::Opened,
            Point::ScrutineersApproved,
            Point::Introducing,
            Point::Recusing,
            Point::Deliberating,
            Point::Deliberated,
            Point::Issuing,
            Point::Registering,
            Point::Confirming,
            Point::Voting,
            Point::Sealing,
            Point::Sealed,
            Point::Opening,
            Point::Counted,
            Point::Declared,
            Point::Closed,
        ];
        let still = |step: &Point| *step <= point && after.is_none_or(|after| *step > after);
        for step in steps.into_iter().filter(still) {
            let (item, ballot) = (item.clone(), self.ballot());
            match step {
                Point::SigningIn => {}
                Point::Opened => {
                    let here: Vec<String> =
                        self.state.plan().people.iter().map(|person| person.id.clone()).collect();
                    let absent = ["m9", "a2"];
                    let here: Vec<&str> =
                        here.iter().map(String::as_str).filter(|id| !absent.contains(id)).collect();
                    self.sign_in(&here);
                    self.console(Command::OpenMeeting);
                }
                Point::ScrutineersApproved => {
                    let agree = self.state.present();
                    self.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
                }
                Point::Introducing => {
                    self.console(Command::OpenItem { item });
                    self.step();
                    self.step();
                }
                Point::Recusing => {
                    while !matches!(next_step(&self.state), Some(super::Step::BeginRecusal(_))) {
                        self.step();
                    }
                    self.step();
                }
                Point::Deliberating => self.console(Command::BeginDeliberation { item }),
                Point::Deliberated => {
                    let line = LineId::from("n2");
                    let lang = self.state.plan().meeting.language;
                    let reason = lang.pick("需进一步了解", "needs more study").to_owned();
                    self.console(Command::Defer { item: item.clone(), line, reason });
                    self.console(Command::EndDeliberation { item });
                }
                Point::Issuing => {
                    self.count_heads();
                    self.console(Command::OpenIssue { item });
                    let ballot = self.ballot();
                    self.order(&Actor::Hub, Command::PublishIssuer { ballot, issuer: short(HEX) });
                }
                Point::Registering => self.take_papers(),
                Point::Confirming => self.fix_list(),
                Point::Voting => {
                    self.compare_room();
                    self.console(Command::OpenVoting { ballot });
                }
                Point::Sealing => self.console(Command::CloseVoting { ballot }),
                Point::Sealed => self.fix_box(7),
                Point::Opening => {
                    self.confirm_box();
                    self.console(Command::OpenBox { ballot });
                }
                Point::Counted => {
                    self.count(&[[7, 0, 0], [4, 2, 1], [5, 1, 1], [6, 1, 0], [0, 5, 2]]);
                }
                Point::Declared => {
                    self.sign_result();
                    self.console(Command::Declare { item });
                }
                Point::Closed => self.console(Command::CloseMeeting),
            }
        }
        self
    }

    /// The presiding officer's next step.
    pub fn step(&mut self) {
        let command = next_step(&self.state).and_then(|step| step.command()).unwrap();
        self.console(command);
    }

    fn issue(&self) -> Issue {
        let (_, round) = self.state.current_round().unwrap();
        (*round.issue).clone()
    }

    /// Everyone of the electorate takes a paper.
    pub fn take_papers(&mut self) {
        let Issue { ballot, electorate, .. } = self.issue();
        for seat in electorate {
            let papers = vec![PaperAsked { ballot: ballot.clone(), request: short(HEX) }];
            self.order(&Actor::Seat(seat), Command::RequestPapers { papers });
        }
        self.order(&Actor::Hub, Command::CloseIssue { ballot });
    }

    /// The list is fixed and confirmed by all: no credentials are made, so the events are folded as they are.
    pub fn fix_list(&mut self) {
        let Issue { ballot, electorate, .. } = self.issue();
        let setup = Setup {
            election: "{}".to_owned(),
            trustees: "[]".to_owned(),
            admitted: Vec::new(),
            issuer_secret: HEX.to_owned(),
            hash: super::sha256_hex(b"setup"),
        };
        let mut events = vec![Event::ListFixed { ballot: ballot.clone(), setup: Box::new(setup) }];
        events
            .extend(electorate.into_iter().map(|seat| Event::ListConfirmed { ballot: ballot.clone(), seat }));
        self.fold(&Actor::Hub, &events);
    }

    /// The scrutineers, each acting for itself.
    pub fn scrutineers(&self) -> Vec<Actor> {
        self.state.scrutineers().map(|person| Actor::Seat(seat(person))).collect()
    }

    /// The scrutineers count as many voters as are signed in.
    pub fn count_heads(&mut self) {
        let Some(item) = self.state.current_item().map(|item| item.id.clone()) else { return };
        let heads = self.state.present_for(self.state.item(&item).unwrap());
        for scrutineer in self.scrutineers() {
            self.order(&scrutineer, Command::CountHeads { item: item.clone(), heads });
        }
    }

    /// The scrutineers compare the room code, if that is due.
    pub fn compare_room(&mut self) {
        for scrutineer in self.scrutineers() {
            if let Some(head) = self.state.room.head.clone().filter(|_| self.state.room.due) {
                self.order(&scrutineer, Command::ConfirmRoom { head });
            }
        }
    }

    /// The time in which the boxes on the floor can grow is over.
    pub fn close_box(&mut self) {
        self.now += jiff::SignedDuration::from_secs(60);
        let ballots: Vec<BallotId> =
            self.state.rounds_on_floor().map(|round| round.issue.ballot.clone()).collect();
        for ballot in ballots {
            self.order(&Actor::Hub, Command::EndBoxCheck { ballot });
        }
    }

    /// Every terminal with a paper confirms the boxes on the floor.
    pub fn confirm_box(&mut self) {
        let open: Vec<(BallotId, String, Vec<SeatId>)> = self
            .state
            .rounds_on_floor()
            .filter_map(|round| {
                let missing = round.box_unconfirmed().cloned().collect();
                Some((round.issue.ballot.clone(), round.box_hash.clone()?, missing))
            })
            .collect();
        self.close_box();
        for (ballot, box_hash, missing) in open {
            for seat in missing {
                let (ballot, box_hash) = (ballot.clone(), box_hash.clone());
                self.order(&Actor::Seat(seat), Command::ConfirmBox { ballot, box_hash });
            }
        }
    }

    /// The scrutineers sign the result sheet.
    pub fn sign_result(&mut self) {
        let rounds: Vec<_> = self.state.rounds_on_floor().collect();
        let Some(ballot) = rounds.first().map(|round| round.issue.ballot.clone()) else { return };
        let result = super::result_hash(rounds.into_iter());
        for scrutineer in self.scrutineers() {
            let (ballot, result) = (ballot.clone(), result.clone());
            self.order(&scrutineer, Command::SignResult { ballot, result });
        }
    }

    /// The same meeting by a plan in which the scrutineers hold the key: it has been made, and is in force.
    pub fn with_key(mut self) -> Self {
        let mut frozen = (*self.state.frozen).clone();
        let threshold = u32::try_from(self.state.scrutineers().count() / 2 + 1).unwrap();
        frozen.plan.meeting.trustees = TrusteesPlan::Scrutineers { threshold, allow_single: false };
        frozen.trustees = None;
        self.state.frozen = std::sync::Arc::new(frozen);
        let scrutineers: Vec<SeatId> = self.state.scrutineers().map(seat).collect();
        self.state.ceremonies = 1;
        self.state.key = Some(std::sync::Arc::new(super::Key {
            number: 1,
            scrutineers,
            threshold,
            trustees: "[]".to_owned(),
            lost: std::collections::BTreeSet::new(),
        }));
        self
    }

    /// So many ballots came back.
    pub fn fix_box(&mut self, ballots: u32) {
        let ballot = self.ballot();
        let ballots = (0..ballots).map(|number| short(&format!("{number:064x}"))).collect();
        self.order(&Actor::Hub, Command::FixBox { ballot, ballots });
    }

    /// The sums of the lines voted on.
    pub fn count(&mut self, sums: &[[u32; 3]]) {
        self.count_sums(sums.iter().map(|sums| sums.to_vec()).collect());
    }

    /// Everyone who is present, by seat.
    pub fn present(&self) -> Vec<SeatId> {
        self.state.plan().people.iter().map(seat).filter(|seat| self.state.is_present(seat)).collect()
    }
}

/// One of the ballot's names, from its text.
pub(super) fn short<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

#[test]
fn the_sample_reaches_every_point() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::new(lang).until(Point::Closed);
        assert!(sample.state.ended_at.is_some());
        assert_eq!(sample.present().len(), 9);
    }
}
