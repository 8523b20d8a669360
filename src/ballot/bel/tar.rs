//! The members of an archive: old-style tar headers, bodies padded with zeros, and no end blocks.

use super::fault::BelFault;

const BLOCK: usize = 512;

/// The largest time that a header can hold, in seconds: 11 octal digits.
pub(super) const SECONDS_MAX: u64 = (1 << 33) - 1;

/// A member as it stands in the archive.
pub(super) struct Member<'a> {
    /// Where its header begins.
    pub offset: usize,
    pub name: &'a str,
    pub body: &'a [u8],
}

/// Appends a member.
pub(super) fn append(archive: &mut Vec<u8>, name: &str, body: &[u8], seconds: u64) {
    archive.extend(header(name, body.len(), seconds));
    archive.extend(body);
    archive.resize(archive.len().next_multiple_of(BLOCK), 0);
}

fn header(name: &str, size: usize, seconds: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &str| {
        for (place, byte) in block.iter_mut().skip(at).zip(text.bytes()) {
            *place = byte;
        }
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{size:011o}"));
    put(136, &format!("{seconds:011o}"));
    put(148, "        ");
    put(156, "0");
    let sum: u32 = block.iter().copied().map(u32::from).sum();
    let checksum = format!("{sum:06o}\0 ");
    for (place, byte) in block.iter_mut().skip(148).zip(checksum.bytes()) {
        *place = byte;
    }
    block
}

/// Takes an archive apart. `seconds` is the time that every header must bear; without it, the first
/// header says.
pub(super) fn members(archive: &[u8]) -> Result<Vec<Member<'_>>, BelFault> {
    let mut members: Vec<Member<'_>> = Vec::new();
    let mut seconds = None;
    let mut offset = 0;
    while let Some(rest) = archive.get(offset..).filter(|rest| !rest.is_empty()) {
        let fault = |why| BelFault::Tar { offset, why };
        let (block, rest) =
            rest.split_first_chunk::<BLOCK>().ok_or(fault("the archive ends within a header"))?;
        let (name, size, time) = fields(block).ok_or(fault("this is no header"))?;
        if *block != header(name, size, *seconds.get_or_insert(time)) {
            return Err(fault("this header is not written as it must be"));
        }
        let (body, rest) = rest.split_at_checked(size).ok_or(fault("the archive ends within a member"))?;
        let padding = rest
            .get(..size.next_multiple_of(BLOCK) - size)
            .ok_or(fault("the archive ends within a member"))?;
        if padding.iter().any(|&byte| byte != 0) {
            return Err(fault("this member is not padded with zeros"));
        }
        members.push(Member { offset, name, body });
        offset += BLOCK + size + padding.len();
    }
    Ok(members)
}

/// Name, size and time of a header.
fn fields(block: &[u8; BLOCK]) -> Option<(&str, usize, u64)> {
    let name = block.get(..100)?.split(|&byte| byte == 0).next()?;
    let name = str::from_utf8(name).ok().filter(|name| !name.is_empty())?;
    let size = usize::try_from(octal(block.get(124..135)?)?).ok()?;
    let seconds = octal(block.get(136..147)?)?;
    Some((name, size, seconds))
}

fn octal(digits: &[u8]) -> Option<u64> {
    u64::from_str_radix(str::from_utf8(digits).ok()?, 8).ok()
}
