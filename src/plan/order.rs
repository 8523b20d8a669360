//! The order of the lines on a ballot paper: party posts first, then government posts, the names within each
//! by the number of strokes (姓名笔画). Latin names come out in alphabetical order.

use std::cmp::Ordering;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

use super::Nominee;

/// Sorts lines into ballot order. Nominees of one name stay in the order of the file.
pub(super) fn into_ballot_order(lines: &mut [Nominee]) {
    let strokes = strokes();
    lines.sort_by(|one, other| {
        one.list.cmp(&other.list).then_with(|| compare(&strokes, &one.name, &other.name))
    });
}

/// The collation of ICU by strokes. Its data is compiled in; without it names would go by code points.
fn strokes() -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(locale!("zh-u-co-stroke").into(), CollatorOptions::default()).ok()
}

fn compare(strokes: &Option<CollatorBorrowed<'static>>, one: &str, other: &str) -> Ordering {
    strokes.as_ref().map_or_else(|| one.cmp(other), |strokes| strokes.compare(one, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PostList;

    fn line(name: &str, list: PostList) -> Nominee {
        let empty = String::new;
        Nominee {
            id: empty(),
            name: name.to_owned(),
            post: empty(),
            list,
            person: None,
            relatives: Vec::new(),
            introduction: empty(),
            inspection: empty(),
        }
    }

    fn in_order(names: &[&str]) -> Vec<String> {
        let mut lines: Vec<_> = names.iter().map(|name| line(name, PostList::Party)).collect();
        into_ballot_order(&mut lines);
        lines.into_iter().map(|line| line.name).collect()
    }

    #[test]
    fn chinese_names_go_by_strokes() {
        let sorted = in_order(&["张伟", "王秀英", "乙", "刘洋", "马超", "丁一"]);
        assert_eq!(sorted, ["乙", "丁一", "马超", "王秀英", "刘洋", "张伟"]);
    }

    #[test]
    fn latin_names_go_by_the_alphabet() {
        assert_eq!(
            in_order(&["Mora Quill", "adam Reed", "Élan Voss", "Bea Arden"]),
            ["adam Reed", "Bea Arden", "Élan Voss", "Mora Quill"]
        );
    }

    #[test]
    fn party_posts_come_first() {
        let mut lines = [line("丁一", PostList::Government), line("张伟", PostList::Party)];
        into_ballot_order(&mut lines);
        assert_eq!(lines.map(|line| line.list), [PostList::Party, PostList::Government]);
    }
}
