//! stub, replaced by the ballot branch
use serde::{Deserialize, Serialize};
macro_rules! blob { ($($t:ident),*) => { $(
 #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)] #[serde(transparent)] pub struct $t(pub String); )* } }
blob!(BlindRequest, IssuerPublic, SignedRequest, Token);
