//! Bad networks: the same meeting, through a proxy.

use std::time::Duration;

use plenum::client::{Link, Paper, View};
use plenum::disk::Disk;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::meeting::{Meeting, free_address};
use super::people::VOTERS;
use super::proxy::Proxy;
use super::{soon, tally};

/// Through a network that harms so many connections.
pub async fn bad(seed: u64, connections: usize) {
    let address = free_address();
    let proxy = Proxy::before(address, seed, 0, Duration::ZERO).await;
    let meeting = Meeting::new(Some(proxy.address), address).await;
    proxy.harm(connections);
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    soon("the seal", &mut running.0).await.unwrap();
    meeting.check().await;
}

/// 150 ms each way.
pub async fn latency() {
    let address = free_address();
    let proxy = Proxy::before(address, 1, 0, Duration::from_millis(150)).await;
    let meeting = Meeting::new(Some(proxy.address), address).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    soon("the seal", &mut running.0).await.unwrap();
    meeting.check().await;
}

/// The cable is pulled while a ballot is on its way; in the long form until every screen has said so.
pub async fn cable_pulled_in_a_cast(long: bool) {
    let address = free_address();
    let proxy = Proxy::before(address, 1, 0, Duration::ZERO).await;
    let meeting = Meeting::new(Some(proxy.address), address).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    let voter = meeting.client("m5");
    let casting = |view: &View| view.paper == Paper::Casting;
    soon("a cast", voter.until(casting)).await.unwrap();
    proxy.pull();
    // Whatever this screen says from here on, and whatever has arrived: it is true, or it is "on its way".
    let before = voter.view();
    let on_its_way = |view: &View| matches!(view.paper, Paper::Casting | Paper::Returned { .. });
    assert!(on_its_way(&before), "{:?}", before.paper);
    let told_late = voter.view().paper != Paper::Casting;
    if long && !told_late {
        for seat in VOTERS {
            let client = meeting.client(seat);
            let lost = |view: &View| matches!(view.link, Link::Lost { .. });
            let view = soon("a lost connection", client.until(lost)).await.unwrap();
            assert!(!matches!(view.paper, Paper::NotReturned | Paper::None), "{seat}: {:?}", view.paper);
        }
        assert!(on_its_way(&voter.view()), "{:?}", voter.view().paper);
    }
    proxy.plug();
    let returned = |view: &View| matches!(view.paper, Paper::Returned { .. });
    soon("the receipt", voter.until(returned)).await.unwrap();
    drop(voter);
    soon("the seal", &mut running.0).await.unwrap();
    meeting.check().await;
}

/// Strangers send what is no message while the meeting is held: random bytes, half hellos, endless frames.
pub async fn hostile(seed: u64, inputs: usize) {
    let address = free_address();
    let meeting = Meeting::new(None, address).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    let mut rng = StdRng::seed_from_u64(seed);
    let mut sent = 0;
    while sent < inputs && !running.0.is_finished() {
        if let Ok(mut socket) = TcpStream::connect(address).await {
            let length = rng.random_range(1..2_000);
            let mut bytes: Vec<u8> = (0..length).map(|_| rng.random()).collect();
            if rng.random() {
                // As if a hello of TLS began.
                bytes.splice(..0, [0x16, 0x03, 0x01]);
            }
            let _ = socket.write_all(&bytes).await;
            let mut answer = [0u8; 64];
            let patience = Duration::from_millis(rng.random_range(0..20));
            let _ = tokio::time::timeout(patience, socket.read(&mut answer)).await;
        }
        sent += 1;
    }
    tally::HOSTILE.add(sent as u64);
    soon("the seal", &mut running.0).await.unwrap();
    meeting.check().await;
}
