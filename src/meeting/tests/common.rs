//! What the tests of the rules share.

use crate::meeting::{Admitted, OpenedBox, Setup, State, sha256_hex};

pub const KEY: &str = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";
pub const OTHER_KEY: &str = "0000ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

/// Something from a list.
pub fn pick<T: Clone>(list: &[T], number: u16) -> T {
    list[usize::from(number) % list.len()].clone()
}

pub fn hex(number: u64) -> String {
    format!("{number:064x}")
}

pub fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

/// Credentials with tokens, sorted; no test here looks into them.
pub fn admitted(count: u32) -> Vec<Admitted> {
    use crate::ballot::{CredentialSecret, Issuer, PaperRequest, VoprfIssuer};
    use rand::SeedableRng;
    let mut rng = rand::rngs::StdRng::seed_from_u64(7);
    let issuer = VoprfIssuer::generate(&mut rng);
    let mut admitted: Vec<Admitted> = (0..count)
        .map(|_| {
            let credential = CredentialSecret::generate(&mut rng).public();
            let request = PaperRequest::new(&credential, &mut rng).unwrap();
            let answer = issuer.issue(request.request(), &mut rng).unwrap();
            let token = request.finish(&answer, &issuer.public_key()).unwrap();
            Admitted { credential, token }
        })
        .collect();
    admitted.sort_by_key(|one| one.credential);
    admitted
}

pub fn setup(state: &State, admitted: &[Admitted], papers: usize) -> Setup {
    Setup {
        election: "{}".to_owned(),
        trustees: state.trustees().unwrap_or_default().to_owned(),
        admitted: admitted.iter().take(papers).cloned().collect(),
        issuer_secret: KEY.to_owned(),
        hash: sha256_hex(b"setup"),
    }
}

/// A box that the console opened.
pub fn opened(sums: Vec<Vec<u32>>) -> Box<OpenedBox> {
    Box::new(OpenedBox { tally: String::new(), factors: Vec::new(), result: String::new(), sums })
}
