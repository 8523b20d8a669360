//! What the system says of a file or of a connection, in plain words: the one place where its errors are translated. They
//! come here as text, from whichever room met them and from the hub's machine as well; what is not known stays as it was said.

use std::io::{Error, ErrorKind};

use super::Lang;

/// How the system's own words end: then comes its number, and a bracket.
const NUMBERED: &str = " (os error ";

/// Trouble that has a number, and no kind of its own.
const DEVICE_FAILS: i32 = 5;
const DEVICE_IS_GONE: [i32; 2] = [6, 19];
const TOO_MANY_FILES: [i32; 2] = [23, 24];

/// Trouble that people meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    NoRoom,
    Quota,
    ReadOnly,
    NotAllowed,
    NotThere,
    ThereAlready,
    IsAFolder,
    IsNoFolder,
    TooLong,
    InUse,
    DeviceFails,
    DeviceIsGone,
    TooManyFiles,
    NobodyListens,
    OutOfReach,
    NoAnswer,
    CutOff,
    PortTaken,
    ForeignAddress,
}

impl Trouble {
    /// Of kinds that say enough by themselves.
    fn of(kind: ErrorKind) -> Option<Self> {
        Some(match kind {
            ErrorKind::StorageFull => Self::NoRoom,
            ErrorKind::QuotaExceeded => Self::Quota,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::PermissionDenied => Self::NotAllowed,
            ErrorKind::NotFound => Self::NotThere,
            ErrorKind::AlreadyExists => Self::ThereAlready,
            ErrorKind::IsADirectory => Self::IsAFolder,
            ErrorKind::NotADirectory => Self::IsNoFolder,
            ErrorKind::FileTooLarge => Self::TooLong,
            ErrorKind::ResourceBusy => Self::InUse,
            ErrorKind::StaleNetworkFileHandle => Self::DeviceIsGone,
            ErrorKind::ConnectionRefused => Self::NobodyListens,
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown => {
                Self::OutOfReach
            }
            ErrorKind::TimedOut => Self::NoAnswer,
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => Self::CutOff,
            ErrorKind::AddrInUse => Self::PortTaken,
            ErrorKind::AddrNotAvailable => Self::ForeignAddress,
            _ => return None,
        })
    }

    fn numbered(number: i32) -> Option<Self> {
        match number {
            DEVICE_FAILS => Some(Self::DeviceFails),
            _ if DEVICE_IS_GONE.contains(&number) => Some(Self::DeviceIsGone),
            _ if TOO_MANY_FILES.contains(&number) => Some(Self::TooManyFiles),
            _ => Self::of(Error::from_raw_os_error(number).kind()),
        }
    }

    fn text(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::NoRoom => ("磁盘已满", "the disk is full"),
            Self::Quota => ("磁盘配额已用完", "the disk quota is used up"),
            Self::ReadOnly => ("磁盘是只读的", "the disk is read-only"),
            Self::NotAllowed => ("没有读写权限", "this account may not read or write it"),
            Self::NotThere => ("文件或文件夹不存在", "there is no such file or folder"),
            Self::ThereAlready => ("已经存在", "it exists already"),
            Self::IsAFolder => ("这是文件夹，不是文件", "it is a folder, not a file"),
            Self::IsNoFolder => ("路径中有一段不是文件夹", "a part of the path is no folder"),
            Self::TooLong => ("文件太大", "the file is too large"),
            Self::InUse => ("正被占用", "it is in use"),
            Self::DeviceFails => ("磁盘读写出错", "the disk fails to read or write"),
            Self::DeviceIsGone => {
                ("磁盘不在了，可能已被拔出", "the disk is gone, it may have been unplugged")
            }
            Self::TooManyFiles => ("打开的文件太多", "too many files are open"),
            Self::NobodyListens => ("那里没有程序接受连接", "no program accepts connections there"),
            Self::OutOfReach => ("网络不通", "the network does not reach it"),
            Self::NoAnswer => ("没有及时应答", "no answer came in time"),
            Self::CutOff => ("连接被断开", "the connection was cut"),
            Self::PortTaken => ("端口已被占用", "the port is taken"),
            Self::ForeignAddress => ("这不是本机的地址", "this address is not one of this machine"),
        };
        lang.pick(zh, en)
    }
}

/// Kinds that other rooms make themselves: these have no number.
const UNNUMBERED: [ErrorKind; 8] = [
    ErrorKind::StorageFull,
    ErrorKind::AlreadyExists,
    ErrorKind::FileTooLarge,
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::ResourceBusy,
    ErrorKind::TimedOut,
];

/// What was said, with the system's part of it in plain words. `FILE: what the system says` begins with what is the matter.
pub fn plain(lang: Lang, says: &str) -> String {
    let Some((raw, trouble)) = numbered(says).or_else(|| unnumbered(says)) else { return says.to_owned() };
    let text = trouble.text(lang);
    match says.strip_suffix(raw.as_str()).and_then(|before| before.strip_suffix(": ")) {
        Some(file) if !file.contains(": ") => match lang {
            Lang::Zh => format!("{text}（{file}）"),
            Lang::En => format!("{text} ({file})"),
        },
        _ => says.replace(&raw, text),
    }
}

/// The words that end in a number, as this system says them.
fn numbered(says: &str) -> Option<(String, Trouble)> {
    let (_, after) = says.split_once(NUMBERED)?;
    let number: i32 = after.split_once(')')?.0.parse().ok()?;
    let raw = Error::from_raw_os_error(number).to_string();
    says.contains(&raw).then_some(())?;
    Some((raw, Trouble::numbered(number)?))
}

/// A kind alone, at the end of what was said.
fn unnumbered(says: &str) -> Option<(String, Trouble)> {
    UNNUMBERED.into_iter().find_map(|kind| {
        let raw = Error::from(kind).to_string();
        let before = says.strip_suffix(raw.as_str())?;
        (before.is_empty() || before.ends_with(": ")).then_some(())?;
        Some((raw, Trouble::of(kind)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_said_in_plain_words() {
        let table = [
            (28, "磁盘已满", "the disk is full"),
            (122, "磁盘配额已用完", "the disk quota is used up"),
            (30, "磁盘是只读的", "the disk is read-only"),
            (13, "没有读写权限", "this account may not read or write it"),
            (2, "文件或文件夹不存在", "there is no such file or folder"),
            (5, "磁盘读写出错", "the disk fails to read or write"),
            (19, "磁盘不在了，可能已被拔出", "the disk is gone, it may have been unplugged"),
            (24, "打开的文件太多", "too many files are open"),
            (111, "那里没有程序接受连接", "no program accepts connections there"),
            (113, "网络不通", "the network does not reach it"),
        ];
        for (number, zh, en) in table {
            let raw = Error::from_raw_os_error(number).to_string();
            assert_eq!(plain(Lang::Zh, &raw), zh);
            assert_eq!(plain(Lang::En, &raw), en);
            let at = format!("/srv/hall/journal.jsonl: {raw}");
            assert_eq!(plain(Lang::Zh, &at), format!("{zh}（/srv/hall/journal.jsonl）"));
            assert_eq!(plain(Lang::En, &at), format!("{en} (/srv/hall/journal.jsonl)"));
            let chain = format!("cannot run a meeting in x: x/hub.json: {raw}");
            assert_eq!(plain(Lang::En, &chain), format!("cannot run a meeting in x: x/hub.json: {en}"));
        }
    }

    #[test]
    fn a_kind_without_a_number_is_translated_where_it_ends_what_was_said() {
        for kind in UNNUMBERED {
            let raw = Error::from(kind).to_string();
            let expected = Trouble::of(kind).unwrap();
            assert_eq!(plain(Lang::Zh, &raw), expected.text(Lang::Zh), "{kind:?}");
            assert_eq!(
                plain(Lang::En, &format!("a.box: {raw}")),
                format!("{} (a.box)", expected.text(Lang::En))
            );
        }
        let not_of_the_system = "no storage space was said to be needed";
        assert_eq!(plain(Lang::Zh, not_of_the_system), not_of_the_system);
    }

    #[test]
    fn what_is_not_known_stays_as_it_was_said() {
        let raw = Error::from_raw_os_error(71).to_string();
        for says in [
            raw.as_str(),
            "x.jsonl has changed: its durable lines do not read back as they were written",
            "(os error",
            " (os error 28",
            " (os error many)",
            " (os error 99999999999999)",
            "made up (os error 28)",
            "",
        ] {
            assert_eq!(plain(Lang::Zh, says), says);
            assert_eq!(plain(Lang::En, says), says);
        }
    }

    #[test]
    fn both_languages_have_their_own_words() {
        for number in 1..134 {
            let Some(trouble) = Trouble::numbered(number) else { continue };
            assert!(trouble.text(Lang::En).is_ascii(), "{number}");
            assert!(!trouble.text(Lang::Zh).is_ascii(), "{number}");
        }
    }
}
