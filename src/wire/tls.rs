//! TLS 1.3. The hub's certificate is its own; a terminal learns its hash when both ends have proved that they know the
//! seat's code, and from then on accepts no other.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::{
    CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime,
};
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
        Ok(Arc::new(config))
    }
}

/// The name that certificates bear; terminals go by the pin.
pub const SERVER_NAME: &str = "plenum";

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
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
