//! Stub until the ballot branch brings the real one.
use serde::{Deserialize, Serialize};
macro_rules! blob { ($($t:ident),*) => { $(
 #[allow(missing_docs)]
 #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)] #[serde(transparent)] pub struct $t(pub String); )* } }
blob!(BlindRequest, IssuerPublic, Token);
