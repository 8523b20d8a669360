use super::*;
use crate::meeting::SeatId;

fn at(millis: u64) -> Duration {
    Duration::from_millis(1_000 + millis)
}

/// A machine in the room.
fn peer(number: u32) -> Caller {
    Caller { address: IpAddr::V4(std::net::Ipv4Addr::from(0x0a00_0000 + number)), own: false }
}

fn seat(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

/// A keeper of so many places, and a seat that is known at this address.
fn with_seat(places: usize, caller: Caller) -> (Doorkeeper, Place) {
    let mut keeper = Doorkeeper::new(places);
    let mut place = keeper.arrive(caller, at(0)).unwrap();
    assert!(keeper.sit_down(&mut place, &seat("m1"), at(0)));
    (keeper, place)
}

fn arrive_all(keeper: &mut Doorkeeper, callers: impl Iterator<Item = Caller>) -> Vec<Place> {
    callers.filter_map(|caller| keeper.arrive(caller, at(0))).collect()
}

// ---- places ---------------------------------------------------------------------------------------------------------

#[test]
fn an_address_has_so_many_places_until_it_has_said_who_it_is() {
    let mut keeper = Doorkeeper::new(6_000);
    let mut held = arrive_all(&mut keeper, std::iter::repeat_n(peer(1), 1_000));
    assert_eq!(held.len(), ADDRESS_CONNECTIONS_MAX);
    assert!(keeper.arrive(peer(2), at(0)).is_some(), "another address is not bound by it");
    keeper.leave(held.pop().unwrap());
    assert!(keeper.arrive(peer(1), at(0)).is_some(), "who leaves makes room");
    let own = Caller { own: true, ..peer(3) };
    assert_eq!(
        arrive_all(&mut keeper, std::iter::repeat_n(own, 1_000)).len(),
        1_000,
        "the own machine is not"
    );
}

#[test]
fn strangers_cannot_take_the_places_of_those_who_are_known() {
    let home = peer(1);
    let (mut keeper, place) = with_seat(600, home);
    let strangers = arrive_all(&mut keeper, (10..10_000).map(peer));
    assert_eq!(strangers.len(), 500, "a sixth is kept");
    // The seat's connection ends and comes back, with a few more at the same moment.
    keeper.leave(place);
    let back = arrive_all(&mut keeper, std::iter::repeat_n(home, 1_000));
    assert_eq!(back.len(), 16, "what is guaranteed, and no more");
    back.into_iter().for_each(|place| keeper.leave(place));
    strangers.into_iter().for_each(|place| keeper.leave(place));
    assert_eq!((keeper.common, keeper.reserved), (0, 0), "everything was given back");
}

#[test]
fn the_own_machine_of_the_hub_cannot_take_them_either() {
    let own = Caller { own: true, ..peer(9) };
    let mut keeper = Doorkeeper::new(600);
    let mut console = keeper.arrive(own, at(0)).unwrap();
    assert!(keeper.sit_down(&mut console, &Actor::Console, at(0)));
    let (mut m1, home) = (keeper.arrive(peer(1), at(0)).unwrap(), peer(1));
    assert!(keeper.sit_down(&mut m1, &seat("m1"), at(0)));
    let flood = arrive_all(&mut keeper, std::iter::repeat_n(own, 10_000));
    assert_eq!(flood.len(), 500 + 15);
    assert!(keeper.arrive(home, at(0)).is_some());
}

#[test]
fn the_fuller_the_house_the_less_patience() {
    let mut keeper = Doorkeeper::new(120);
    assert_eq!(keeper.patience(), PATIENCE);
    let held = arrive_all(&mut keeper, (0..51).map(peer));
    assert_eq!(keeper.patience(), PATIENCE_WHEN_CROWDED);
    held.into_iter().for_each(|place| keeper.leave(place));
    assert_eq!(keeper.patience(), PATIENCE);
}

#[test]
fn a_seat_that_moves_is_known_where_it_is_now() {
    let (mut keeper, place) = with_seat(600, peer(1));
    let mut moved = keeper.arrive(peer(2), at(1)).unwrap();
    assert!(keeper.sit_down(&mut moved, &seat("m1"), at(1)));
    let seats = |keeper: &Doorkeeper, caller: Caller| keeper.addresses[&caller.address].seats;
    assert_eq!((seats(&keeper, peer(1)), seats(&keeper, peer(2))), (0, 1));
    keeper.leave(place);
    keeper.leave(moved);
    assert_eq!(seats(&keeper, peer(2)), 1, "it is expected back");
}

#[test]
fn a_seat_has_so_many_connections() {
    let (mut keeper, _place) = with_seat(600, peer(1));
    let mut held = Vec::new();
    for _ in 1..SEAT_CONNECTIONS_MAX {
        let mut place = keeper.arrive(peer(1), at(0)).unwrap();
        assert!(keeper.sit_down(&mut place, &seat("m1"), at(0)));
        held.push(place);
    }
    let mut more = keeper.arrive(peer(1), at(0)).unwrap();
    assert!(!keeper.sit_down(&mut more, &seat("m1"), at(0)));
    assert!(keeper.sit_down(&mut more, &seat("m2"), at(0)), "another seat at the same address may");
    keeper.leave(held.pop().unwrap());
    let mut again = keeper.arrive(peer(1), at(0)).unwrap();
    assert!(keeper.sit_down(&mut again, &seat("m1"), at(0)));
}

// ---- paces ----------------------------------------------------------------------------------------------------------

#[test]
fn handshakes_of_an_address_are_paced_and_then_refused() {
    let mut keeper = Doorkeeper::new(600);
    let _place = keeper.arrive(peer(1), at(0)).unwrap();
    let waits: Vec<Option<Duration>> = (0..100).map(|_| keeper.shake_hands(peer(1), at(0))).collect();
    assert!(waits[..32].iter().all(|wait| *wait == Some(Duration::ZERO)));
    assert!(waits[32..].iter().flatten().is_sorted(), "one after the other");
    assert_eq!(waits.iter().flatten().count(), 32 + 30, "none waits longer than three seconds");
    let _other = keeper.arrive(peer(2), at(0)).unwrap();
    assert_eq!(keeper.shake_hands(peer(2), at(0)), Some(Duration::ZERO));
    assert_eq!(keeper.shake_hands(peer(1), at(10_000)), Some(Duration::ZERO));
}

#[test]
fn handshakes_of_many_addresses_do_not_delay_those_who_are_known() {
    let (mut keeper, _place) = with_seat(12_000, peer(1));
    let _held = arrive_all(&mut keeper, (10..4_010).map(peer));
    let shaken = (10..4_010).filter(|number| keeper.shake_hands(peer(*number), at(0)).is_some()).count();
    assert_eq!(shaken, 1_024 + 600, "all strangers together are paced");
    assert_eq!(keeper.shake_hands(peer(1), at(0)), Some(Duration::ZERO));
}

#[test]
fn a_seat_that_floods_waits_and_no_other() {
    let (mut keeper, _place) = with_seat(600, peer(1));
    let mut other = keeper.arrive(peer(2), at(0)).unwrap();
    assert!(keeper.sit_down(&mut other, &seat("m2"), at(0)));
    let waits: Vec<Duration> = (0..200).map(|_| keeper.ask(&seat("m1"), at(0))).collect();
    assert!(waits[..128].iter().all(Duration::is_zero), "a terminal with many duties is not slowed");
    assert_eq!(waits[199], Duration::from_millis(50) * 72);
    assert_eq!(keeper.ask(&seat("m2"), at(0)), Duration::ZERO);
    // A new connection of the seat is the same seat.
    let mut again = keeper.arrive(peer(1), at(0)).unwrap();
    assert!(keeper.sit_down(&mut again, &seat("m1"), at(0)));
    assert!(!keeper.ask(&seat("m1"), at(0)).is_zero());
}

// ---- without a name -------------------------------------------------------------------------------------------------

#[test]
fn anonymous_connections_are_bounded_at_each_address_and_in_all() {
    let (mut keeper, _place) = with_seat(6_000, peer(1));
    let mut acting = Vec::new();
    let mut act = |keeper: &mut Doorkeeper, caller| {
        let mut place = keeper.arrive(caller, at(0)).unwrap();
        let may = keeper.act(&mut place, at(0));
        acting.push(place);
        may
    };
    let at_one = (0..50).filter(|_| act(&mut keeper, peer(2))).count();
    assert_eq!(at_one, ANONYMOUS_AT_ADDRESS_MAX);
    let unknown = (10..60).filter(|number| act(&mut keeper, peer(*number))).count();
    assert_eq!(at_one + unknown, ANONYMOUS_UNKNOWN_MAX);
    // Where a seat is known, they cannot be crowded out.
    let known = (0..50).filter(|_| act(&mut keeper, peer(1))).count();
    assert_eq!(known, 2 * ANONYMOUS_AT_ADDRESS_MAX);
    acting.into_iter().for_each(|place| keeper.leave(place));
    assert_eq!((keeper.anonymous, keeper.anonymous_unknown), (0, 0));
    assert!(keeper.addresses.values().all(|address| address.anonymous == 0));
}

// ---- codes ----------------------------------------------------------------------------------------------------------

fn wrong(keeper: &mut Doorkeeper, caller: Caller, now: Duration) -> Try {
    let may = keeper.try_code(caller, now);
    if may == Try::Now {
        keeper.tried(caller, Tried::Wrong, now);
    }
    may
}

#[test]
fn five_wrong_codes_and_no_more() {
    let mut keeper = Doorkeeper::new(600);
    for _ in 0..TRIES_MAX {
        assert_eq!(wrong(&mut keeper, peer(1), at(0)), Try::Now);
    }
    assert_eq!(wrong(&mut keeper, peer(1), at(1)), Try::No);
    assert_eq!(wrong(&mut keeper, peer(2), at(1)), Try::Now, "another address may");
    // Forgotten after a while, counted from the last wrong one and not from those that were not looked at.
    let last = TRIES_FORGOTTEN_AFTER + at(0);
    assert_eq!(keeper.try_code(peer(1), last - Duration::from_millis(1)), Try::No);
    assert_eq!(keeper.try_code(peer(1), last), Try::Now);
}

#[test]
fn what_else_ends_the_count() {
    type Ends = fn(&mut Doorkeeper);
    let table: [(&str, u32, Ends, Try); 4] = [
        ("nothing", TRIES_MAX, |_| {}, Try::No),
        ("a code issued at the console", TRIES_MAX, Doorkeeper::forgive, Try::Now),
        (
            "the right code",
            TRIES_MAX - 1,
            |keeper| {
                assert_eq!(keeper.try_code(peer(1), at(0)), Try::Now);
                keeper.tried(peer(1), Tried::Right, at(0));
                for _ in 1..TRIES_MAX {
                    assert_eq!(wrong(keeper, peer(1), at(0)), Try::Now);
                }
            },
            Try::Now,
        ),
        (
            "a code that was used before is none of both",
            TRIES_MAX - 1,
            |keeper| {
                for _ in 0..20 {
                    assert_eq!(keeper.try_code(peer(1), at(0)), Try::Now);
                    keeper.tried(peer(1), Tried::Undecided, at(0));
                }
                assert_eq!(wrong(keeper, peer(1), at(0)), Try::Now);
            },
            Try::No,
        ),
    ];
    for (what, tries, ends, expected) in table {
        let mut keeper = Doorkeeper::new(600);
        for _ in 0..tries {
            assert_eq!(wrong(&mut keeper, peer(1), at(0)), Try::Now, "{what}");
        }
        ends(&mut keeper);
        assert_eq!(keeper.try_code(peer(1), at(0)), expected, "{what}");
    }
}

#[test]
fn codes_sent_together_are_five_as_well() {
    let mut keeper = Doorkeeper::new(600);
    let may: Vec<Try> = (0..20).map(|_| keeper.try_code(peer(1), at(0))).collect();
    assert_eq!(may.iter().filter(|may| **may == Try::Now).count(), TRIES_MAX as usize);
    assert!(may[5..].iter().all(|may| matches!(may, Try::After(_))));
    for _ in 0..TRIES_MAX {
        keeper.tried(peer(1), Tried::Wrong, at(0));
    }
    assert_eq!(keeper.try_code(peer(1), at(0)), Try::No);
}

#[test]
fn codes_of_all_addresses_together_are_paced_but_not_right_ones() {
    let mut keeper = Doorkeeper::new(600);
    let tried = (0..1_000).filter(|number| wrong(&mut keeper, peer(*number), at(0)) == Try::Now).count();
    assert_eq!(tried, 64);
    let mut keeper = Doorkeeper::new(600);
    for number in 0..1_000 {
        assert_eq!(keeper.try_code(peer(number), at(0)), Try::Now);
        keeper.tried(peer(number), Tried::Right, at(0));
    }
}

// ---- what is told ---------------------------------------------------------------------------------------------------

#[test]
fn the_console_is_told_what_happens_and_for_how_long() {
    let (mut keeper, _place) = with_seat(600, peer(1));
    assert_eq!(keeper.strangers(at(0)), None);
    for _ in 0..TRIES_MAX {
        wrong(&mut keeper, peer(7), at(0));
    }
    let _held = arrive_all(&mut keeper, std::iter::repeat_n(peer(8), ADDRESS_CONNECTIONS_MAX + 20));
    let told = Strangers {
        refused: 20,
        wrong_codes: 5,
        shut_out: 1,
        addresses: vec!["10.0.0.7".to_owned(), "10.0.0.8".to_owned()],
    };
    assert_eq!(keeper.strangers(at(0)), Some(told.clone()));
    let later = keeper.strangers(at(61_000));
    assert_eq!(
        later,
        Some(Strangers { refused: 0, addresses: vec!["10.0.0.7".to_owned()], ..told }),
        "refusals are of the last minute"
    );
    assert_eq!(keeper.strangers(at(0) + TRIES_FORGOTTEN_AFTER), None);
}

#[test]
fn where_an_anonymous_connection_failed_is_told_to_nobody() {
    let home = peer(1);
    let (mut keeper, _place) = with_seat(600, home);
    // Too many at once, no message, a few cut handshakes: the number is told, the address is not.
    let mut places = arrive_all(&mut keeper, std::iter::repeat_n(home, 20));
    let refused = places.iter_mut().filter_map(|place| (!keeper.act(place, at(0))).then_some(())).count();
    keeper.refuse(None, at(0));
    for _ in 0..20 {
        keeper.refuse(Some(home), at(0));
    }
    let told = keeper.strangers(at(0)).unwrap();
    assert_eq!((told.refused as usize, told.addresses.len()), (refused + 21, 0));
}

#[test]
fn what_is_over_is_forgotten() {
    let mut keeper = Doorkeeper::new(30_000);
    for number in 0..20_000 {
        if let Some(place) = keeper.arrive(peer(number), at(0)) {
            keeper.shake_hands(peer(number), at(0));
            keeper.leave(place);
        }
    }
    assert_eq!(keeper.addresses.len(), ADDRESSES_MAX, "memory is bounded");
    assert!(keeper.arrive(peer(30_000), at(0)).is_none());
    keeper.strangers(at(120_000));
    assert_eq!(keeper.addresses.len(), 0);
    assert!(keeper.arrive(peer(30_000), at(120_000)).is_some());
}

#[test]
fn an_address_is_one_in_either_way_of_writing_it() {
    let (v4, v6): (IpAddr, IpAddr) = ("10.0.0.1".parse().unwrap(), "::ffff:10.0.0.1".parse().unwrap());
    let other: IpAddr = "10.0.0.2".parse().unwrap();
    assert_eq!(Caller::between(v4, other), Caller::between(v6, other));
    assert!(Caller::between(v6, v4).own && !Caller::between(v4, other).own);
}
