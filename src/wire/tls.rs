//! TLS 1.3. The hub's certificate is its own; a terminal learns its hash when both ends have proved that they know the
//! seat's code, and from then on accepts no other. Keys are agreed on by X25519 and ML-KEM-768 together: who records
//! today and has a quantum computer tomorrow learns nothing of what was said.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::aws_lc_rs::{self, kx_group};
use tokio_rustls::rustls::crypto::{CryptoProvider, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime,
};
use tokio_rustls::rustls::server::NoServerSessionStorage;
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme, version,
};

/// SHA-256 of a certificate, in hex.
pub type Pin = String;

/// A certificate and its key, as kept.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// The certificate, DER.
    pub certificate: Vec<u8>,
    /// Its key, PKCS #8.
    pub key: zeroize::Zeroizing<Vec<u8>>,
}

impl Certificate {
    /// A new one, signed by itself.
    ///
    /// # Errors
    /// When the library cannot make one.
    pub fn generate() -> Result<Self, rcgen::Error> {
        let made = rcgen::generate_simple_self_signed([SERVER_NAME.to_owned()])?;
        let key = zeroize::Zeroizing::new(made.signing_key.serialize_der());
        Ok(Self { certificate: made.cert.der().to_vec(), key })
    }

    /// What a terminal pins.
    pub fn pin(&self) -> Pin {
        pin(&self.certificate)
    }

    /// The hub's side.
    ///
    /// # Errors
    /// When certificate and key are not a pair.
    pub fn server(&self) -> Result<Arc<ServerConfig>, Error> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.to_vec()));
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&version::TLS13])?
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(self.certificate.clone())], key)?;
        // Nothing that could tell two connections of one terminal to be one terminal's.
        config.send_tls13_tickets = 0;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        Ok(Arc::new(config))
    }
}

/// The name that certificates bear; terminals go by the pin.
pub const SERVER_NAME: &str = "plenum";

/// The library's own choice, but for the key agreement: the hybrid first, named here and not left to a feature.
fn provider() -> Arc<CryptoProvider> {
    let kx_groups = vec![kx_group::X25519MLKEM768, kx_group::X25519];
    Arc::new(CryptoProvider { kx_groups, ..aws_lc_rs::default_provider() })
}

fn pin(certificate: &[u8]) -> Pin {
    data_encoding::HEXLOWER.encode(&Sha256::digest(certificate))
}

/// The terminal's side, with nothing kept from one connection to the next. Without a pin (at enrolment) any
/// certificate is taken: the proofs of the code, bound to the connection, decide.
///
/// # Errors
/// When the library has no TLS 1.3.
pub fn client(pinned: Option<Pin>) -> Result<Arc<ClientConfig>, Error> {
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pinned { pinned }))
        .with_no_client_auth();
    config.resumption = tokio_rustls::rustls::client::Resumption::disabled();
    config.enable_sni = false;
    Ok(Arc::new(config))
}

/// The pin of the certificate that a hub has shown.
pub fn shown_pin(certificates: Option<&[CertificateDer<'_>]>) -> Option<Pin> {
    certificates?.first().map(|certificate| pin(certificate))
}

#[derive(Debug)]
struct Pinned {
    pinned: Option<Pin>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.pinned {
            Some(pinned) if *pinned != pin(end_entity) => {
                Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
            }
            _ => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("only TLS 1.3 is spoken here".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = provider().signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, &algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        provider().signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use tokio_rustls::rustls::server::Acceptor;
    use tokio_rustls::rustls::{ClientConnection, HandshakeKind, NamedGroup, ServerConnection};

    use super::*;

    const SERVER_NAME_EXTENSION: u16 = 0;
    const ALPN: u16 = 16;
    const SESSION_TICKET: u16 = 35;
    const PRE_SHARED_KEY: u16 = 41;
    const EARLY_DATA: u16 = 42;
    const COOKIE: u16 = 44;
    const KEY_SHARE: u16 = 51;

    fn connection(config: &Arc<ClientConfig>) -> ClientConnection {
        ClientConnection::new(Arc::clone(config), ServerName::try_from(SERVER_NAME).unwrap()).unwrap()
    }

    /// Carries what both have to say until neither has anything more.
    fn shake_hands(client: &mut ClientConnection, server: &mut ServerConnection) -> Result<(), Error> {
        while client.wants_write() || server.wants_write() {
            let (mut there, mut back) = (Vec::new(), Vec::new());
            while client.wants_write() {
                client.write_tls(&mut there).unwrap();
            }
            let mut there = there.as_slice();
            while !there.is_empty() {
                server.read_tls(&mut there).unwrap();
                server.process_new_packets()?;
            }
            while server.wants_write() {
                server.write_tls(&mut back).unwrap();
            }
            let mut back = back.as_slice();
            while !back.is_empty() {
                client.read_tls(&mut back).unwrap();
                client.process_new_packets()?;
            }
        }
        Ok(())
    }

    /// A client's first message, taken apart.
    struct ClientHello {
        random: Vec<u8>,
        session_id: Vec<u8>,
        extensions: BTreeMap<u16, Vec<u8>>,
    }

    fn take<'a>(bytes: &mut &'a [u8], count: usize) -> &'a [u8] {
        let (taken, rest) = bytes.split_at(count);
        *bytes = rest;
        taken
    }

    fn number(bytes: &mut &[u8], width: usize) -> usize {
        take(bytes, width).iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
    }

    fn client_hello(config: &Arc<ClientConfig>) -> ClientHello {
        let mut record = Vec::new();
        connection(config).write_tls(&mut record).unwrap();
        let mut rest = record.as_slice();
        // The record's head, the message's head, the version.
        take(&mut rest, 5 + 4 + 2);
        let random = take(&mut rest, 32).to_vec();
        let length = number(&mut rest, 1);
        let session_id = take(&mut rest, length).to_vec();
        for width in [2, 1] {
            let length = number(&mut rest, width);
            take(&mut rest, length);
        }
        assert_eq!(number(&mut rest, 2), rest.len(), "the hello is one record");
        let mut extensions = BTreeMap::new();
        while !rest.is_empty() {
            let kind = u16::try_from(number(&mut rest, 2)).unwrap();
            let length = number(&mut rest, 2);
            extensions.insert(kind, take(&mut rest, length).to_vec());
        }
        ClientHello { random, session_id, extensions }
    }

    #[test]
    fn keys_are_agreed_on_by_the_hybrid_and_nothing_is_left_to_resume() {
        let certificate = Certificate::generate().unwrap();
        let server = certificate.server().unwrap();
        // Even one configuration used twice, which no terminal does, begins anew each time.
        let config = client(Some(certificate.pin())).unwrap();
        for _ in 0..2 {
            let mut client = connection(&config);
            let mut server = ServerConnection::new(Arc::clone(&server)).unwrap();
            shake_hands(&mut client, &mut server).unwrap();
            for group in [client.negotiated_key_exchange_group(), server.negotiated_key_exchange_group()] {
                assert_eq!(group.unwrap().name(), NamedGroup::X25519MLKEM768);
            }
            assert_eq!(client.handshake_kind(), Some(HandshakeKind::Full));
            assert_eq!(client.tls13_tickets_received(), 0);
            assert_eq!(server.server_name(), None);
            assert_eq!((client.alpn_protocol(), server.alpn_protocol()), (None, None));
            assert_eq!(client.peer_certificates().unwrap().len(), 1);
            assert!(server.peer_certificates().is_none(), "a client shows no certificate");
            assert_eq!(shown_pin(client.peer_certificates()), Some(certificate.pin()));
        }
    }

    #[test]
    fn another_certificate_than_the_pinned_one_ends_the_handshake() {
        let (pinned, other) = (Certificate::generate().unwrap(), Certificate::generate().unwrap());
        let mut client = connection(&client(Some(pinned.pin())).unwrap());
        let mut server = ServerConnection::new(other.server().unwrap()).unwrap();
        let refused = Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);
        assert_eq!(shake_hands(&mut client, &mut server), Err(refused));
    }

    #[test]
    fn a_client_offers_the_hybrid_first_and_says_nothing_of_itself() {
        let config = client(None).unwrap();
        assert!(!config.enable_sni && !config.enable_early_data && config.alpn_protocols.is_empty());
        let mut record = Vec::new();
        connection(&config).write_tls(&mut record).unwrap();
        let mut acceptor = Acceptor::default();
        acceptor.read_tls(&mut record.as_slice()).unwrap();
        let accepted = acceptor.accept().map_err(|(error, _)| error).unwrap().unwrap();
        let hello = accepted.client_hello();
        let offered: Vec<NamedGroup> = hello.named_groups().unwrap().to_vec();
        assert_eq!(offered, [NamedGroup::X25519MLKEM768, NamedGroup::X25519]);
        assert!(hello.server_name().is_none() && hello.alpn().is_none());

        let hello = client_hello(&config);
        let mut share = hello.extensions[&KEY_SHARE].as_slice();
        take(&mut share, 2);
        assert_eq!(number(&mut share, 2), usize::from(u16::from(NamedGroup::X25519MLKEM768)));
        for kind in [SERVER_NAME_EXTENSION, ALPN, SESSION_TICKET, PRE_SHARED_KEY, EARLY_DATA, COOKIE] {
            assert!(!hello.extensions.contains_key(&kind), "extension {kind}");
        }
    }

    #[test]
    fn two_connections_have_nothing_in_common_but_what_all_have() {
        // One terminal's, of two configurations as it makes them, and another terminal's.
        let pin = || Some("of one hub".to_owned());
        let [first, second, other] = [pin(), pin(), pin()].map(|pin| client_hello(&client(pin).unwrap()));
        for (one, another) in [(&first, &second), (&first, &other), (&second, &other)] {
            assert_ne!(one.random, another.random);
            assert!(one.session_id.is_empty() || one.session_id != another.session_id);
            assert_ne!(one.extensions[&KEY_SHARE], another.extensions[&KEY_SHARE]);
            // Everything else is the same for every terminal there is.
            for (kind, body) in &one.extensions {
                assert!(*kind == KEY_SHARE || another.extensions.get(kind) == Some(body), "extension {kind}");
            }
            assert_eq!(one.extensions.len(), another.extensions.len());
        }
        let (one, another) = (client(pin()).unwrap(), client(pin()).unwrap());
        assert!(!Arc::ptr_eq(&one, &another), "each connection has a configuration of its own");
    }
}
