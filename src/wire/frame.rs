//! Frames: four bytes of length, most significant first, then that many bytes of JSON.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// The longest frame before a peer has said who it is.
pub const HELLO_BYTES_MAX: usize = 4 * 1024;

/// The longest frame to a hub: a ballot of 500 lines takes about 900 kB.
pub const TO_HUB_BYTES_MAX: usize = 1024 * 1024;

/// The longest frame to a screen: some journal lines.
pub const TO_SCREEN_BYTES_MAX: usize = 16 * 1024 * 1024;

/// What is wrong with a frame, or with the connection.
#[derive(Debug, thiserror::Error)]
pub enum FrameFault {
    /// The connection ended between two frames.
    #[error("the connection was closed")]
    Closed,
    /// The connection ended inside a frame.
    #[error("the connection was cut inside a frame")]
    Cut,
    /// Longer than allowed.
    #[error("a frame of {bytes} bytes, at most {bytes_max} are allowed")]
    TooLong {
        /// The length it announced.
        bytes: usize,
        /// The limit.
        bytes_max: usize,
    },
    /// Not JSON, or of no kind that is known.
    #[error("not a message of this protocol: {0}")]
    Unknown(String),
    /// The network's own words.
    #[error("network: {0}")]
    Io(#[from] std::io::Error),
}

/// How many frames may wait to be heard.
const HEARD_MAX: usize = 4;

/// Frames as they come, read beside everything else: one that has begun to arrive is never torn. The reading ends with what
/// is returned, after the first fault, or when nothing has come for so long.
pub fn listen<T: DeserializeOwned + Send + 'static>(
    mut reader: impl AsyncRead + Unpin + Send + 'static,
    bytes_max: usize,
    silence_max: Duration,
) -> (mpsc::Receiver<Result<T, FrameFault>>, JoinSet<()>) {
    let (heard, inbox) = mpsc::channel(HEARD_MAX);
    let mut reading = JoinSet::new();
    reading.spawn(async move {
        while let Ok(frame) = timeout(silence_max, read_frame(&mut reader, bytes_max)).await {
            let last = frame.is_err();
            if heard.send(frame).await.is_err() || last {
                return;
            }
        }
    });
    (inbox, reading)
}

/// Reads one frame. The limit is tested before anything is read or reserved.
///
/// # Errors
/// What is wrong with it.
pub async fn read_frame<T: DeserializeOwned>(
    stream: &mut (impl AsyncRead + Unpin),
    bytes_max: usize,
) -> Result<T, FrameFault> {
    let mut length = [0u8; 4];
    if let Err(error) = stream.read_exact(&mut length).await {
        return Err(match error.kind() {
            std::io::ErrorKind::UnexpectedEof => FrameFault::Closed,
            _ => error.into(),
        });
    }
    let bytes = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    if bytes > bytes_max {
        return Err(FrameFault::TooLong { bytes, bytes_max });
    }
    let mut frame = Vec::new();
    let read = stream.take(bytes as u64).read_to_end(&mut frame).await?;
    if read < bytes {
        return Err(FrameFault::Cut);
    }
    serde_json::from_slice(&frame).map_err(|error| FrameFault::Unknown(error.to_string()))
}

/// Writes one frame and flushes it.
///
/// # Errors
/// When it is longer than the peer would take, or the network fails.
pub async fn write_frame<T: Serialize>(
    stream: &mut (impl AsyncWrite + Unpin),
    message: &T,
    bytes_max: usize,
) -> Result<(), FrameFault> {
    let mut frame = vec![0u8; 4];
    serde_json::to_writer(&mut frame, message).map_err(|error| FrameFault::Unknown(error.to_string()))?;
    let bytes = frame.len() - 4;
    let length = u32::try_from(bytes).ok().filter(|_| bytes <= bytes_max);
    let Some(length) = length else { return Err(FrameFault::TooLong { bytes, bytes_max }) };
    frame.splice(..4, length.to_be_bytes());
    stream.write_all(&frame).await?;
    stream.flush().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8], bytes_max: usize) -> Result<Vec<u32>, FrameFault> {
        let mut stream = bytes;
        read_frame(&mut stream, bytes_max).await
    }

    #[tokio::test]
    async fn a_frame_comes_back_as_it_went() {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, &[1u32, 2, 3], 100).await.unwrap();
        assert_eq!(read(&bytes, 100).await.unwrap(), [1, 2, 3]);
    }

    #[tokio::test]
    async fn what_is_no_frame_is_named() {
        assert!(matches!(read(b"", 100).await, Err(FrameFault::Closed)));
        assert!(matches!(read(b"\0\0\0\x09[1,", 100).await, Err(FrameFault::Cut)));
        assert!(matches!(read(b"\xff\xff\xff\xff", 100).await, Err(FrameFault::TooLong { .. })));
        assert!(matches!(read(b"\0\0\0\x03abc", 100).await, Err(FrameFault::Unknown(_))));
        assert!(matches!(read(b"\0\0\0\x03\xff\xfe\xfd", 100).await, Err(FrameFault::Unknown(_))));
        let mut sink = Vec::new();
        let long = "x".repeat(200);
        assert!(matches!(write_frame(&mut sink, &long, 100).await, Err(FrameFault::TooLong { .. })));
        assert!(sink.is_empty(), "nothing of a frame that is too long is sent");
    }
}
