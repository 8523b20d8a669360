//! New inputs from old ones: bytes are changed, and where the form is known, what they mean is changed instead, so that an
//! input gets past the first check.

use rand::rngs::StdRng;
use rand::{Rng, RngExt};
use serde_json::Value;

/// How inputs are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON in one piece.
    Json,
    /// JSON of which only one form is taken: most changes keep the order of its fields and change what they say.
    Canonical,
    /// Four bytes of length, then JSON.
    Frame,
    /// A journal line: the body's hash is made right again after most changes.
    Line,
    /// Lines of text.
    Text,
    /// Anything.
    Bytes,
}

/// What parsers have stumbled over.
const ODD: [&str; 30] = [
    "\u{0}",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{feff}",
    "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[[",
    "]]",
    "\"\"\"",
    "'''",
    "=",
    "\n",
    "\r\n",
    ",",
    "-",
    "18446744073709551616",
    "-1",
    "1e999",
    "0.1",
    "9999-12-31",
    "1979-05-27T07:32:00Z",
    "😀",
    "null",
    "../../etc/passwd",
    "inf",
];

fn pick<'a, T>(rng: &mut StdRng, from: &'a [T]) -> &'a T {
    &from[rng.random_range(0..from.len())]
}

/// An input near one of the seeds.
pub fn mutated(seeds: &[Vec<u8>], form: Form, rng: &mut StdRng) -> Vec<u8> {
    let seed = pick(rng, seeds);
    let changes = 1 + rng.random_range(0..4u32) * rng.random_range(0..2u32);
    match form {
        Form::Json => json_or_bytes(seed, seeds, changes, rng),
        Form::Canonical if rng.random_range(0..5u32) > 0 => {
            let mut bytes = seed.clone();
            (0..changes).for_each(|_| token_change(&mut bytes, rng));
            bytes
        }
        Form::Canonical => json_or_bytes(seed, seeds, changes, rng),
        Form::Frame => {
            let body = json_or_bytes(&seed[4..], seeds, changes, rng);
            let length = match rng.random_range(0..8u32) {
                0 => rng.next_u32(),
                1 => {
                    u32::try_from(body.len()).unwrap().wrapping_add(rng.random_range(0..9u32)).wrapping_sub(4)
                }
                _ => u32::try_from(body.len()).unwrap(),
            };
            [&length.to_be_bytes()[..], &body].concat()
        }
        Form::Line if rng.random_range(0..4u32) > 0 => line(seed, seeds, changes, rng),
        Form::Line | Form::Text | Form::Bytes => {
            let mut bytes = seed.clone();
            for _ in 0..changes {
                if form == Form::Text && rng.random() {
                    lines(&mut bytes, rng)
                } else {
                    byte_change(&mut bytes, seeds, rng)
                }
            }
            bytes
        }
    }
}

fn json_or_bytes(seed: &[u8], seeds: &[Vec<u8>], changes: u32, rng: &mut StdRng) -> Vec<u8> {
    if rng.random_range(0..3u32) > 0
        && let Ok(mut value) = serde_json::from_slice::<Value>(seed)
    {
        (0..changes).for_each(|_| value_change(&mut value, rng));
        return serde_json::to_vec(&value).unwrap();
    }
    let mut bytes = seed.to_vec();
    (0..changes).for_each(|_| byte_change(&mut bytes, seeds, rng));
    bytes
}

/// Changes a text or a number where it stands: one becomes another of the same document, or differs in one character.
fn token_change(bytes: &mut Vec<u8>, rng: &mut StdRng) {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'"' => (at + 1..bytes.len()).find(|end| bytes[*end] == b'"').map_or(bytes.len(), |end| end + 1),
            byte if byte.is_ascii_digit() => {
                (at..bytes.len()).find(|end| !bytes[*end].is_ascii_digit()).unwrap_or(bytes.len())
            }
            _ => {
                at += 1;
                continue;
            }
        };
        tokens.push(at..end);
        at = end;
    }
    if tokens.is_empty() {
        return;
    }
    let (one, two) = (pick(rng, &tokens).clone(), pick(rng, &tokens).clone());
    match rng.random_range(0..4u32) {
        0 => {
            let taken = bytes[two].to_vec();
            bytes.splice(one, taken);
        }
        1 => {
            let inner = one.start + usize::from(bytes[one.start] == b'"');
            let place = rng.random_range(inner..one.end.max(inner + 1)).min(bytes.len() - 1);
            bytes[place] = *pick(rng, b"0123456789abcdefABCDEFGHghzZ+/=");
        }
        2 => {
            let odd =
                *pick(rng, &["0", "1", "18446744073709551615", "\"\"", "null", "[]", "-0", "01", "1e2"]);
            bytes.splice(one, odd.bytes());
        }
        _ => {
            // A part between two commas more or less.
            let commas: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b',').collect();
            if commas.len() > 1 {
                let at = rng.random_range(0..commas.len() - 1);
                let part = commas[at]..commas[at + 1];
                if rng.random() {
                    drop(bytes.drain(part));
                } else {
                    let copy = bytes[part.clone()].to_vec();
                    bytes.splice(part.start..part.start, copy);
                }
            }
        }
    }
}

/// Changes the body and names its hash in the head, or changes the head.
fn line(seed: &[u8], seeds: &[Vec<u8>], changes: u32, rng: &mut StdRng) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let text = std::str::from_utf8(seed).unwrap();
    let end = if text.ends_with('\n') { "\n" } else { "" };
    let Some((head, rest)) =
        text.trim_end().strip_prefix("{\"head\":").and_then(|text| text.split_once(",\"body\":"))
    else {
        return json_or_bytes(seed, seeds, changes, rng);
    };
    let Some((body, salt)) = rest.rsplit_once(",\"salt\":\"") else {
        return json_or_bytes(seed, seeds, changes, rng);
    };
    let salt = salt.trim_end_matches("\"}");
    let body = String::from_utf8_lossy(&json_or_bytes(body.as_bytes(), seeds, changes, rng)).into_owned();
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(format!("{salt}{body}")));
    let Some((before, _)) = head.rsplit_once("\"body_hash\":\"") else { return seed.to_vec() };
    format!("{{\"head\":{before}\"body_hash\":\"{hash}\"}},\"body\":{body},\"salt\":\"{salt}\"}}{end}")
        .into_bytes()
}

fn lines(bytes: &mut Vec<u8>, rng: &mut StdRng) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let (one, other) = (rng.random_range(0..lines.len()), rng.random_range(0..lines.len()));
    match rng.random_range(0..4u32) {
        0 => lines.swap(one, other),
        1 => drop(lines.remove(one)),
        2 => lines.insert(one, lines[other].clone()),
        _ => {
            // The value of one key becomes another's.
            let value = |line: &[u8]| line.iter().position(|byte| *byte == b'=').map(|at| at + 1);
            if let (Some(at), Some(from)) = (value(&lines[one]), value(&lines[other])) {
                let taken = lines[other][from..].to_vec();
                lines[one].truncate(at);
                lines[one].extend(taken);
            }
        }
    }
    *bytes = lines.concat();
}

fn byte_change(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], rng: &mut StdRng) {
    if bytes.is_empty() {
        bytes.extend(pick(rng, &ODD[..]).bytes());
        return;
    }
    let at = rng.random_range(0..bytes.len());
    let reach = (at + 1 + rng.random_range(0..64usize)).min(bytes.len());
    match rng.random_range(0..10u32) {
        0 => bytes[at] ^= 1 << rng.random_range(0..8u32),
        1 => bytes[at] = rng.random(),
        2 => drop(bytes.drain(at..reach)),
        3 => bytes.truncate(at),
        4 => {
            let piece = bytes[at..reach].to_vec();
            let to = rng.random_range(0..bytes.len());
            bytes.splice(to..to, piece);
        }
        5 => {
            let odd = pick(rng, &ODD);
            bytes.splice(at..at, odd.bytes());
        }
        6 => {
            let other = pick(rng, seeds);
            let from = rng.random_range(0..other.len());
            bytes.truncate(at);
            bytes.extend(&other[from..]);
        }
        7 => {
            let deep = *pick(rng, &["[", "{\"a\":", "(", "{a={", "[["]);
            let times = *pick(rng, &[2usize, 100, 3_000]);
            bytes.splice(at..at, deep.repeat(times).bytes());
        }
        8 => {
            let many = vec![bytes[at]; *pick(rng, &[10usize, 1_000, 40_000])];
            bytes.splice(at..at, many);
        }
        _ => {
            // Digits elsewhere: numbers, lengths, dates, hashes.
            if let Some(digit) = (at..bytes.len()).find(|at| bytes[*at].is_ascii_digit()) {
                bytes[digit] = b'0' + rng.random_range(0..10u8);
            }
        }
    }
}

/// How often something of this size is repeated: an input grown by several changes still fits in memory.
fn times(rng: &mut StdRng, from: &[usize], size: usize) -> usize {
    (*pick(rng, from)).min(1_000_000 / size.max(1))
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(parts) => parts.iter().map(nodes).sum(),
        Value::Object(fields) => fields.values().map(nodes).sum(),
        _ => 0,
    }
}

/// The `at`-th node.
fn node<'a>(value: &'a mut Value, at: &mut usize) -> Option<&'a mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(parts) => parts.iter_mut().find_map(|part| node(part, at)),
        Value::Object(fields) => fields.values_mut().find_map(|part| node(part, at)),
        _ => None,
    }
}

fn value_change(value: &mut Value, rng: &mut StdRng) {
    let mut other_at = rng.random_range(0..nodes(value));
    let other = node(value, &mut other_at).cloned().unwrap_or_default();
    let mut at = rng.random_range(0..nodes(value));
    let Some(node) = node(value, &mut at) else { return };
    match node {
        Value::String(text) if rng.random_range(0..5u32) > 0 => match rng.random_range(0..6u32) {
            0 => *text = (*pick(rng, &ODD)).to_owned(),
            1 => text.push_str(pick::<&str>(rng, &ODD)),
            2 => *text = text.repeat(times(rng, &[0, 2, 500], text.len())),
            3 => *text = text.to_uppercase(),
            4 => {
                let mut bytes = std::mem::take(text).into_bytes();
                byte_change(&mut bytes, &[b"0f".to_vec()], rng);
                *text = String::from_utf8_lossy(&bytes).into_owned();
            }
            _ => *text = text.chars().rev().collect(),
        },
        Value::Number(number) if rng.random_range(0..5u32) > 0 => {
            let small = number.as_u64().unwrap_or(7);
            *node = pick(
                rng,
                &[
                    Value::from(0),
                    Value::from(small.wrapping_add(1)),
                    Value::from(small.wrapping_sub(1)),
                    Value::from(u64::MAX),
                    Value::from(i64::MIN),
                    Value::from(u32::MAX),
                    Value::from(-1),
                    Value::from(0.5),
                    Value::from(1e300),
                ],
            )
            .clone();
        }
        Value::Array(parts) if !parts.is_empty() && rng.random_range(0..5u32) > 0 => {
            let (one, two) = (rng.random_range(0..parts.len()), rng.random_range(0..parts.len()));
            match rng.random_range(0..4u32) {
                0 => drop(parts.remove(one)),
                1 => parts.push(parts[one].clone()),
                2 => parts.swap(one, two),
                _ => {
                    let times = times(rng, &[0, 50, 600], nodes(&parts[one]));
                    *parts = std::iter::repeat_n(parts[one].clone(), times).collect();
                }
            }
        }
        Value::Object(fields) if rng.random_range(0..5u32) > 0 => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            match rng.random_range(0..3u32) {
                0 if !keys.is_empty() => drop(fields.remove(pick(rng, &keys))),
                1 => drop(fields.insert((*pick(rng, &ODD)).to_owned(), other)),
                _ if !keys.is_empty() => drop(fields.insert(pick(rng, &keys).clone(), other)),
                _ => {}
            }
        }
        node => {
            *node =
                pick(rng, &[Value::Null, Value::from(true), Value::from("x"), Value::Array(vec![]), other])
                    .clone()
        }
    }
}
