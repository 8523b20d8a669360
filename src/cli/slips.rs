//! The slips that carry the codes to the seats: as text, and as a page to print and cut apart.

use minijinja::{Environment, context};

use crate::harmless::{line, lines};
use crate::plan::MeetingPlan;
use crate::words::{Lang, clerk};

/// Widest line of a slip, in columns of a terminal or a typewriter font.
const SLIP_COLUMNS: usize = 60;

/// What stands on one slip.
#[derive(Debug)]
pub struct Slip {
    /// The seat's number; a display has none.
    pub number: Option<usize>,
    /// Who sits there.
    pub name: String,
    /// Where that person serves; may be empty.
    pub unit: String,
    /// The code, in groups.
    pub code: String,
    /// What to type.
    pub command: String,
}

/// All slips of a meeting.
#[derive(Debug)]
pub struct Slips<'m> {
    /// The meeting that they open.
    pub meeting: &'m MeetingPlan,
    /// One for each seat.
    pub slips: Vec<Slip>,
    /// What to know about a code.
    pub note: String,
    /// The language of what is printed beside.
    pub lang: Lang,
}

/// The slips as text, with a line to cut along between them.
pub fn text(all: &Slips) -> String {
    let Slips { meeting, slips, note, lang } = all;
    let lang = *lang;
    let cut = format!("{}\n", "- ".repeat(SLIP_COLUMNS / 2).trim_end());
    let mut text = format!("{}\n{cut}", clerk::slips_heading(lang));
    for slip in slips {
        let seat = clerk::slip_seat(lang, slip.number, &slip.name, &slip.unit);
        let [code, command] = clerk::slip_labels(lang);
        text += &format!(
            "\n{title}\n{date}  {venue}\n\n  {seat}\n\n  {code}  {}\n  {command}  {}\n\n{note}\n\n{cut}",
            slip.code,
            slip.command,
            title = meeting.title,
            date = meeting.date,
            venue = meeting.venue,
        );
    }
    lines(&text)
}

/// The slips as a page, ten to a sheet of A4. The browser brings the fonts.
///
/// # Errors
/// The page's template is at fault.
pub fn page(all: &Slips) -> Result<String, minijinja::Error> {
    let Slips { meeting, slips, note, lang } = all;
    let lang = *lang;
    let [code, command] = clerk::slip_labels(lang);
    let seats: Vec<_> = (slips.iter())
        .map(|slip| {
            let seat = clerk::slip_seat(lang, slip.number, &slip.name, &slip.unit);
            let seat = line(&seat);
            context! { seat, code => &slip.code, command => &slip.command }
        })
        .collect();
    // The name ends in `.html`, so that whatever stands in the plan is escaped.
    Environment::new().render_named_str(
        "slips.html",
        include_str!("slips.html"),
        context! {
            lang => lang.pick("zh-CN", "en"), heading => clerk::slips_heading(lang), title => line(&meeting.title),
            date => meeting.date.to_string(), venue => line(&meeting.venue), code, command, note, seats,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::TrusteesPlan;
    use crate::rules::Threshold;

    #[test]
    fn nothing_in_a_plan_becomes_markup() {
        let meeting = MeetingPlan {
            title: "<script>alert(1)</script>".to_owned(),
            body: String::new(),
            date: jiff::civil::date(2027, 3, 12),
            venue: "A & B".to_owned(),
            language: Lang::En,
            trustees: TrusteesPlan::Console,
            small: crate::plan::SmallPlan::Closed,
            quorum: Threshold::QUORUM,
            holidays: Vec::new(),
            workdays: Vec::new(),
        };
        let slip = Slip {
            number: Some(3),
            name: "<b>𠮷</b>".to_owned(),
            unit: String::new(),
            code: "0000-0000-00000".to_owned(),
            command: "plenum terminal HOST".to_owned(),
        };
        let note = String::new();
        let page = page(&Slips { meeting: &meeting, slips: vec![slip], note, lang: Lang::En }).unwrap();
        assert!(!page.contains("<script>") && !page.contains("<b>"), "{page}");
        assert!(
            page.contains("&lt;b&gt;𠮷") && page.contains("A &amp; B") && page.contains("0000-0000-00000")
        );
    }
}
