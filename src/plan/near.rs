//! "Did you mean": the known word that is nearest to one that is not known.

/// How many letters may differ before a word is no longer a slip of the other.
const SLIPS_MAX: usize = 2;

/// The word of `known` that `word` is most likely a slip of.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let written = bare(word);
    known
        .into_iter()
        .map(|candidate| (slips(&written, &bare(candidate)), candidate))
        .filter(|(slips, candidate)| *slips <= SLIPS_MAX.min(candidate.chars().count().saturating_sub(1) / 2))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate.to_owned())
}

/// `Li-Ming`, `li_ming` and `li ming` are the same slip of `liming`.
fn bare(word: &str) -> Vec<char> {
    word.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// The number of letters to add, drop, change or swap with their neighbour, to get from one word to the other.
fn slips(one: &[char], other: &[char]) -> usize {
    let mut before_last = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX - 1);
    for (i, &a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &b) in other.iter().enumerate() {
            let mut least =
                (at(&last, j) + usize::from(a != b)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(&b) && other.get(j - 1) == Some(&a);
            if swapped {
                least = least.min(at(&before_last, j - 1) + 1);
            }
            row.push(least);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    at(&last, other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let known = ["title", "voters", "attendees", "li-ming", "m1"];
        let table = [
            ("titel", Some("title")),
            ("Voters", Some("voters")),
            ("voter", Some("voters")),
            ("atendees", Some("attendees")),
            ("li_ming", Some("li-ming")),
            ("colour", None),
            ("m2", None),
            ("", None),
        ];
        for (word, expected) in table {
            assert_eq!(nearest(word, known).as_deref(), expected, "{word:?}");
        }
    }
}
