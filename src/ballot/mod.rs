//! stub, replaced by the ballot branch
use serde::{Deserialize, Serialize};
macro_rules! blob { ($($t:ident),*) => { $(
 #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)] #[serde(transparent)] pub struct $t(pub String); )* } }
impl std::fmt::Display for BallotHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
blob!(BallotHash, BlindRequest, IssuerPublic, PublicCredential, Token);
