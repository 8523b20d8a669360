//! Bad networks: the same meeting, through a proxy.

use std::net::SocketAddr;
use std::process::Command;
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
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}

/// 150 ms each way.
pub async fn latency() {
    let address = free_address();
    let proxy = Proxy::before(address, 1, 0, Duration::from_millis(150)).await;
    let meeting = Meeting::new(Some(proxy.address), address).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}

/// The cable is pulled while a ballot is on its way; in the long form until every screen has said so.
pub async fn cable_pulled_in_a_cast(long: bool) {
    let address = free_address();
    let proxy = Proxy::before(address, 1, 0, Duration::ZERO).await;
    let meeting = Meeting::new(Some(proxy.address), address).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    // Screens of the same process panic meanwhile: the hub is none of their business.
    let console = meeting.world.console.lock().unwrap().clone();
    super::screens::panicking(&console).await;
    drop(console);
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
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}

/// Strangers send what is no message: random bytes, half hellos, endless frames.
pub async fn strangers(address: SocketAddr, seed: u64, inputs: usize) {
    let mut rng = StdRng::seed_from_u64(seed);
    for _ in 0..inputs {
        let Ok(mut socket) = TcpStream::connect(address).await else { continue };
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
        tally::HOSTILE.add(1);
    }
}

/// The same meeting behind a network that the kernel makes bad: delay, loss, reordering, in a network of its own. What it
/// needs is not on every machine; then the reason is printed.
pub fn by_the_kernel() {
    let exe = std::env::current_exe().unwrap();
    let script = r#"ip link set lo up && tc qdisc add dev lo root netem delay 75ms 20ms loss 2% reorder 5% \
        && exec env -u PLENUM_FAULTS PLENUM_FAULTS_ONLY=plain "$0" --exact nothing_is_lost_and_nothing_doubled"#;
    let output = Command::new("unshare").args(["-n", "sh", "-c", script]).arg(exe).output();
    match output {
        Ok(output) if output.status.success() => tally::NETEM.add(1),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let held = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(!held.contains("running 1 test"), "{held}{said}");
            tally::not_here("loss and reordering by the kernel (netem)", &said);
        }
        Err(error) => tally::not_here("loss and reordering by the kernel (netem)", &error.to_string()),
    }
}

/// Nothing is done to it.
pub async fn plain() {
    let meeting = Meeting::new(None, free_address()).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}
