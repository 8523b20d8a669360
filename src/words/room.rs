//! What is said around the room's screens: before they begin and after they end.

use std::path::Path;

use super::Lang;

/// The hub cannot be reached.
pub fn cannot_reach(lang: Lang, hub: &str) -> String {
    match lang {
        Lang::Zh => format!("连接不上主持台 {hub}：请核对地址，确认主持台已经启动，再试一次"),
        Lang::En => format!(
            "cannot reach the console at {hub}: check the address, make sure that the console runs, and try again"
        ),
    }
}

/// The port is taken, or the address is not this machine's.
pub fn cannot_listen(lang: Lang, address: &str) -> String {
    match lang {
        Lang::Zh => {
            format!("不能在 {address} 上接受连接：端口可能已被占用；可换一个，例如 --listen 0.0.0.0:7421")
        }
        Lang::En => format!(
            "cannot listen on {address}: the port may be in use; another one can be given, such as --listen 0.0.0.0:7421"
        ),
    }
}

/// There is no terminal to draw in.
pub fn needs_terminal(lang: Lang) -> &'static str {
    lang.pick(
        "这里需要一个交互式终端：输入和输出都不能转接到文件或管道",
        "this needs an interactive terminal: neither input nor output may be a file or a pipe",
    )
}

/// The same for the demo, which can do without.
pub fn demo_without_terminal(lang: Lang) -> &'static str {
    lang.pick("没有终端时请用 plenum demo --auto", "without a terminal: plenum demo --auto")
}

/// The hub cannot start.
pub fn cannot_start(lang: Lang, folder: &Path) -> String {
    match lang {
        Lang::Zh => format!("不能用 {} 开会", folder.display()),
        Lang::En => format!("cannot run a meeting in {}", folder.display()),
    }
}

/// A torn last line was cut off.
pub fn repaired(lang: Lang, line: u64, bytes: u64) -> String {
    match lang {
        Lang::Zh => {
            format!("已截去日志第 {line} 行未写完的 {bytes} 字节；它没有得到过确认，没有丢失任何已确认的内容")
        }
        Lang::En => format!(
            "cut off {bytes} bytes of the unfinished line {line} of the journal; it was never acknowledged, nothing acknowledged is lost"
        ),
    }
}

/// The console was left before the seal.
pub fn left(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("会议没有封存。再次运行 plenum console {folder} 即可从原处继续。"),
        Lang::En => {
            format!("The meeting is not sealed. Run plenum console {folder} again to go on where it stopped.")
        }
    }
}

/// The console's screen has failed; the hub has not.
pub fn screen_failed(lang: Lang) -> &'static str {
    lang.pick(
        "主持台画面出错，会议没有中断。按回车重新打开画面。",
        "The console's screen has failed; the meeting goes on. Press Enter to open the screen again.",
    )
}

/// The record is sealed.
pub fn sealed(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!(
            "已封存：{folder}\n核验：plenum verify {folder}\n记录：plenum minutes {folder} --format md"
        ),
        Lang::En => format!(
            "Sealed: {folder}\nCheck it:  plenum verify {folder}\nRead it:   plenum minutes {folder} --format md"
        ),
    }
}

/// What to type in a second and third window of a demo.
pub fn demo_hint(
    lang: Lang,
    name: &str,
    terminal: &str,
    code: &str,
    display: &str,
    display_code: &str,
) -> String {
    match lang {
        Lang::Zh => {
            format!("第二个窗口（{name}）：{terminal}  席位码 {code}    大屏：{display}  码 {display_code}")
        }
        Lang::En => format!(
            "Second window ({name}): {terminal}  code {code}    Display: {display}  code {display_code}"
        ),
    }
}

/// The demo was left before its end.
pub fn demo_left(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("试用在封存之前结束；留下的文件在 {folder}"),
        Lang::En => format!("The demo ended before the seal; what there is of it is in {folder}"),
    }
}

/// While simulated people sign in.
pub fn filling(lang: Lang, people: usize) -> String {
    match lang {
        Lang::Zh => format!("{people} 名模拟与会人员正在入场……"),
        Lang::En => format!("{people} simulated people are coming in ..."),
    }
}

/// Why not all kinds are shown to somebody who presides.
pub fn demo_all_without_auto(lang: Lang) -> &'static str {
    lang.pick(
        "--kind all 只能与 --auto 一起用：逐一演示各种会议，无人操作。看一种会议，请写明是哪一种",
        "--kind all goes with --auto alone: every kind is held without a person; to preside yourself, name one kind",
    )
}

/// Which demo is wanted.
pub fn demo_kinds(lang: Lang) -> &'static str {
    lang.pick(
        "想看哪一种会议？\n  1  票决拟任人选（默认）\n  2  述廉述效：报告、质询、评议\n  3  差额选举和整单表决\n  4  重大事项：末位表态、记名表决\n  5  公开表决：无异议、举手、记名\n  6  票决和述廉述效两项都有\n  7  廉政法规考试\n  8  联席会议：各部门对干部提出意见\n  9  任中审议：被审议人离席，审议、询问、表决\n> ",
        "Which meeting do you want to see?\n  1  a nomination by secret ballot (default)\n  2  a review: reports, questions, evaluation\n  3  a contested election, and a list with exceptions\n  4  a major matter: the head speaks last, the vote is by name\n  5  open votes: without objection, by hands, by name\n  6  the nomination and the review\n  7  an exam on the law of integrity\n  8  a joint meeting: departments give their opinion on officials\n  9  a deliberation during the term: the appointee is outside\n> ",
    )
}
