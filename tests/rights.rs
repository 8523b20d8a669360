//! `docs/rights.md` is printed from the one table that the program decides by. When the table changes:
//!
//! ```text
//! UPDATE_DOCS=1 cargo test --test rights
//! ```
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use plenum::meeting::rights::TABLE;
use plenum::words::{Lang, refusal, who};

const HEAD: &str = "\
# Who may do what, and when / 谁在何时可以做什么

Printed from `meeting::rights::TABLE` by `UPDATE_DOCS=1 cargo test --test rights`; `cargo test` fails when the two
differ. This is the first question about a command; the procedures (`src/meeting/floor.rs`, `nomination.rs`,
`ballot_round.rs`) ask the rest: figures, order, whose paper it is. A command that is refused leaves no line in the record,
but for a missed quorum, which does.

本表由程序中的同一张权限表生成。命令先过此表，再由各程序文件核对数字、次序和本人身份。

";

fn table() -> String {
    let mut text = HEAD.to_owned();
    for lang in [Lang::En, Lang::Zh] {
        text.push_str(lang.pick(
            "| 命令 | 作用 | 谁 | 何时 | 中止期间 |\n| --- | --- | --- | --- | --- |\n",
            "| command | what it does | who | when | while suspended |\n| --- | --- | --- | --- | --- |\n",
        ));
        for right in TABLE {
            let roles: Vec<&str> = right.who.iter().map(|role| who::role(lang, *role)).collect();
            let roles = roles.join(lang.pick("、", ", "));
            let suspended =
                if right.suspended { lang.pick("可以", "yes") } else { lang.pick("不可", "no") };
            let when = who::when(lang, right.when);
            let (name, does) = (right.command.name(), refusal::doing(lang, right.command));
            writeln!(text, "| `{name}` | {does} | {roles} | {when} | {suspended} |").unwrap();
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[test]
fn the_printed_table_is_the_one_in_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rights.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, table()).unwrap();
    }
    let printed = fs::read_to_string(&path).unwrap_or_default();
    assert!(printed == table(), "{} is out of date: UPDATE_DOCS=1 cargo test --test rights", path.display());
}
