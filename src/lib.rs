//! plenum: a room that decides by secret ballot, in terminals. This page is the map of the house; each room says more
//! at its own door.
//!
//! # From above
//!
//! A meeting is one append-only file, the *journal*. Whoever wants something gives a signed *command*; the rules answer with
//! *events* or with a refusal; the events become a line of the journal; and the state of the meeting is a fold over the
//! lines, nothing else. The hub, every screen and, years later, `plenum verify` fold the same lines with the same code, so that
//! every screen is a witness of the whole meeting. The journal holds no secret. What a member marks leaves the
//! member's terminal only encrypted, to a key that the scrutineers' terminals have made among themselves; ballots are added
//! up under encryption, and only the sums are ever opened. Who could attack this, and which check catches it, stands in
//! `docs/threat-model.md`.
//!
//! # The rooms
//!
//! Pure: no file, no socket, no clock, no randomness but what is passed in.
//!
//! - [`rules`]: quorum, majorities, elections and verdicts, in exact integers
//! - [`ballot`]: the secret ballot in the format of Belenios: encryption, proofs, sums, `.bel` archives, blind tokens
//! - [`meeting`]: the state machine: commands, rights, events, the fold
//! - [`words`]: every text that a person reads, in both languages
//! - [`harmless`]: text that somebody else wrote, so that it can be shown
//!
//! Between the pure rooms and the world:
//!
//! - [`plan`]: the clerk's `plan.toml`: read, checked with line and column, scaffolded
//! - [`journal`]: the file: append, make durable, replay, repair a torn end
//! - [`wire`]: what crosses the network: messages, frames, TLS, proofs of who is there
//! - [`disk`]: files for one account alone, replaced whole or not at all; where every durable step can fail
//! - [`archive`]: the sealed folder: seal, verify, minutes, tables
//!
//! The world:
//!
//! - [`hub`]: accepts connections, as its [`hub::doorkeeper`] lets them in; one task owns meeting and journal, and passes
//!   on what scrutineers deal to each other without being able to read it
//! - [`client`]: follows the record, checks it, acts for one person; the same for every screen. A scrutineer's makes the
//!   key, checks whole boxes and opens sums ([`client::scrutineer`]); its share rests in a [`client::safe`]
//! - [`screen`]: console, terminal, display: drawing and keys
//! - [`standby`]: the second machine: does again what the hub's disk does, and takes over when the hub's machine has failed
//! - [`rehearse`]: simulated people, as full clients on real sockets
//! - [`cli`]: one file a subcommand
//!
//! # The way of one key press
//!
//! A key in [`screen`] becomes a [`meeting::Command`]. The [`client`] signs it and sends it ([`meeting::Order`],
//! [`wire::ToHub`]). The [`hub`] knows from the connection who is speaking and hands the order to the one task that owns
//! the meeting. [`meeting::decide()`] asks the table in [`meeting::rights`] and then the procedure, and answers with events
//! or a [`meeting::Refusal`]. The [`journal`] makes the line durable; only then does the hub answer and publish. Every
//! client follows the line ([`journal::Replay`]: chain, signature, rules, fold); every screen draws anew.
//!
//! A ballot goes another way: [`client`] encrypts it ([`ballot::Setup::prepare`]), the screen shows its control code, and
//! then it is cast or challenged. What is challenged goes to the member alone ([`client::challenge`]). What is cast goes
//! over a connection of its own that says nobody's name; the hub checks it, keeps it in the box ([`hub::ballot_box`]) and
//! answers with a receipt.
//! No line is written. When voting is over, one line names all ballots at once, sorted, and every terminal looks for its own.
//!
//! A sum goes a third way. When the box is open, each scrutineer's terminal fetches it, checks every ballot and adds them up
//! itself ([`client::scrutineer::KeptShare::open`]), keeps the sum for ever, names it in the record, and only then hands in its
//! factors. The [`hub`] puts enough of them together, and one line tells every screen the result.
//!
//! # Who may know whom
//!
//! ```text
//! cli ─► everything                        rehearse ─► client, hub, wire
//! screen ─► client, words, meeting         hub and client meet only in wire
//! standby ─► client, hub, archive, journal, wire, meeting, ballot, disk
//! hub ─► archive, journal, wire, meeting, ballot, plan, disk           client ─► the same, and rules
//! archive ─► journal, meeting, ballot, plan, rules, words
//! journal ─► meeting                       wire ─► meeting, ballot
//! meeting ─► ballot, plan, rules           plan ─► rules
//! ```
//!
//! `screen`, `words` and `rehearse` name `plan` and `rules` as well, where what they show or do is written there. [`harmless`]
//! and [`disk`] know nobody; whoever shows or refuses text of others knows the first, whoever keeps secrets the second. `words`
//! turns the types of other rooms into sentences and so names them; of `words`, the rooms below it know the language and
//! nothing more. `tests/architecture.rs` has the whole table, reads the sources, and fails when it is broken.
//!
//! # What is deliberately not there
//!
//! - Nothing decrypts one ballot; there is no function that could.
//! - No event says who cast, in what order, or when; the hub's log has no such thing because there is no log.
//! - Screens hold no state of the meeting of their own, and reach into no hub's memory: a console is a client like any other.
//! - Rights are asked in one table. No screen decides what is lawful; it asks the table which keys to show.
//! - `meeting` reads no clock; the time comes in as an argument and stands in the line.
//! - Hashes run over bytes as written, never over what was parsed and written again.
//! - No floating-point number takes part in any decision.

#![forbid(unsafe_code)]

pub mod archive;
pub mod ballot;
pub mod cli;
pub mod client;
pub mod disk;
pub mod harmless;
pub mod hub;
pub mod journal;
pub mod meeting;
pub mod plan;
pub mod rehearse;
pub mod rules;
pub mod screen;
pub mod standby;
pub mod wire;
pub mod words;
