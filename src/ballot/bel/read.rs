//! Taking an archive apart: its form, the chain of its events, their order, and the setup. What the
//! ballots, sums and factors say is `verify`'s.

use std::collections::HashSet;

use super::event::{DATA_ENDING, EVENT_ENDING, Event, EventKind, HEADER_NAME, Header};
use super::fault::BelFault;
use super::tar::{self, Member};
use crate::ballot::setup::Setup;
use crate::ballot::text::{from_canonical_json, sha256_hex};

/// What an archive holds. Setup, form, chain and order were checked; ballots and opening were not.
#[derive(Debug, Clone)]
pub struct BelContents {
    /// The time of the archive, in seconds since 1970.
    pub timestamp_seconds: u64,
    /// Election, trustees, credentials.
    pub setup: Setup,
    /// The ballots as cast, in the order of the archive.
    pub ballots: Vec<Vec<u8>>,
    /// What came after the end of the ballots; none if the election was not opened.
    pub opening: Option<BelOpening>,
    /// The hash of the last event, which commits to the whole archive.
    pub head: String,
}

impl BelContents {
    /// Whether the sums were opened, or the archive ends with the closed box.
    pub fn is_opened(&self) -> bool {
        self.opening.is_some()
    }
}

/// The records of the opening, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BelOpening {
    /// The encrypted sums.
    pub tally: Vec<u8>,
    /// How many ballots are in them.
    pub sized: Vec<u8>,
    /// For each trustee who opened: the factors, and whose they are.
    pub partials: Vec<(Vec<u8>, Vec<u8>)>,
    /// The result.
    pub result: Vec<u8>,
}

/// An event with the records that belong to it.
struct Entry<'a> {
    kind: EventKind,
    records: Vec<&'a [u8]>,
}

/// Takes an archive apart.
///
/// # Errors
/// Every fault of its form, chain, order and setup that could be found; where the form is broken,
/// only the first, since what follows means nothing.
pub fn open_bel(bytes: &[u8]) -> Result<BelContents, Vec<BelFault>> {
    let members = tar::members(bytes).map_err(|fault| vec![fault])?;
    let (header, records) =
        members.split_first().ok_or_else(|| vec![BelFault::Header("the archive is empty")])?;
    let timestamp_seconds = read_header(header, bytes).map_err(|fault| vec![fault])?;
    let mut chain = Chain::default();
    for record in records {
        chain.read(record);
    }
    let (entries, head) = chain.finish()?;
    let (setup, entries) = read_setup(&entries).map_err(|fault| vec![fault])?;
    let mut contents = BelContents { timestamp_seconds, setup, ballots: Vec::new(), opening: None, head };
    for entry in entries {
        contents.add(entry);
    }
    Ok(contents)
}

/// Reads the first member, and returns its time, which must be that of all headers.
fn read_header(member: &Member<'_>, archive: &[u8]) -> Result<u64, BelFault> {
    if member.name != HEADER_NAME {
        return Err(BelFault::Header("it is not named BELENIOS"));
    }
    let header: Header = from_canonical_json("header", member.body)
        .map_err(|_| BelFault::Header("it does not read, or is not in its canonical form"))?;
    if header.version != 1 {
        return Err(BelFault::Header("only version 1 is known"));
    }
    let seconds = header
        .timestamp
        .parse()
        .ok()
        .filter(|seconds: &u64| seconds.to_string() == header.timestamp)
        .ok_or(BelFault::Header("its time is not a number of seconds"))?;
    let mut expected = Vec::new();
    tar::append(&mut expected, HEADER_NAME, member.body, seconds);
    if archive.starts_with(&expected) {
        Ok(seconds)
    } else {
        Err(BelFault::Header("its time is not that of the members"))
    }
}

/// Links records into events.
#[derive(Default)]
struct Chain<'a> {
    entries: Vec<Entry<'a>>,
    /// Records whose event has not come yet, and where the first of them begins.
    open: Vec<(usize, &'a [u8])>,
    names: HashSet<&'a str>,
    parent: Option<String>,
    faults: Vec<BelFault>,
}

impl<'a> Chain<'a> {
    fn read(&mut self, member: &Member<'a>) {
        let offset = member.offset;
        let hash = sha256_hex(member.body);
        let named = member.name.strip_prefix(&*hash);
        if !self.names.insert(member.name) {
            self.faults.push(BelFault::RecordTwice { offset });
        }
        match named {
            Some(DATA_ENDING) => self.open.push((offset, member.body)),
            Some(EVENT_ENDING) => self.read_event(member.body, hash),
            _ => self.faults.push(BelFault::RecordName { offset }),
        }
    }

    fn read_event(&mut self, body: &[u8], hash: String) {
        let height = self.entries.len() as u64;
        let records: Vec<&[u8]> = self.open.drain(..).map(|(_, body)| body).collect();
        let parent = self.parent.replace(hash);
        let event: Event = match from_canonical_json("event", body) {
            Ok(event) => event,
            Err(error) => return self.faults.push(BelFault::EventText { height, error }),
        };
        let kind = event.kind;
        let mut require = |holds: bool, why: &'static str| {
            if !holds {
                self.faults.push(BelFault::Chain { height, kind, why });
            }
        };
        require(event.parent == parent, "its parent is not the event before it");
        require(event.height == height, "its height is not its place in the chain");
        require(records.len() == kind.records(), "there are not as many records before it as belong to it");
        require(
            event.payload == records.last().map(|record| sha256_hex(record)),
            "its payload is not the record before it",
        );
        let before = self.entries.last().map(|entry| entry.kind);
        if !EventKind::may_follow(before, Some(kind)) {
            self.faults.push(BelFault::Order { height, kind });
        }
        self.entries.push(Entry { kind, records });
    }

    /// The events and the hash of the last, if all was in order.
    fn finish(mut self) -> Result<(Vec<Entry<'a>>, String), Vec<BelFault>> {
        for &(offset, _) in &self.open {
            self.faults.push(BelFault::RecordLoose { offset });
        }
        if !EventKind::may_follow(self.entries.last().map(|entry| entry.kind), None) {
            self.faults.push(BelFault::Incomplete);
        }
        if self.faults.is_empty() {
            Ok((self.entries, self.parent.unwrap_or_default()))
        } else {
            Err(self.faults)
        }
    }
}

/// The setup, and the entries after it.
fn read_setup<'e, 'a>(entries: &'e [Entry<'a>]) -> Result<(Setup, &'e [Entry<'a>]), BelFault> {
    let Some((Entry { kind: EventKind::Setup, records }, rest)) = entries.split_first() else {
        return Err(BelFault::Incomplete);
    };
    let [election, trustees, credentials, setup_data] = records.as_slice() else {
        return Err(BelFault::SetupData);
    };
    let setup = Setup::parse(election, trustees, credentials).map_err(BelFault::Setup)?;
    if setup.setup_data_bytes() == *setup_data { Ok((setup, rest)) } else { Err(BelFault::SetupData) }
}

impl BelContents {
    /// Takes in an entry whose number of records and order were checked.
    fn add(&mut self, entry: &Entry<'_>) {
        let opening = &mut self.opening;
        match (entry.kind, entry.records.as_slice()) {
            (EventKind::Ballot, [ballot]) => self.ballots.push(ballot.to_vec()),
            (EventKind::EncryptedTally, [tally, sized]) => {
                *opening = Some(BelOpening {
                    tally: tally.to_vec(),
                    sized: sized.to_vec(),
                    ..BelOpening::default()
                });
            }
            (EventKind::PartialDecryption, [factors, owner]) => {
                if let Some(opening) = opening {
                    opening.partials.push((factors.to_vec(), owner.to_vec()));
                }
            }
            (EventKind::Result, [result]) => {
                if let Some(opening) = opening {
                    opening.result = result.to_vec();
                }
            }
            _ => {}
        }
    }
}
