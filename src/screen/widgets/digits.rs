//! A clock's face in big digits of plain cells, five rows high, for a page that is made of lines.

use crate::screen::Theme;

/// Rows of a digit.
pub const ROWS: usize = 5;

/// The cells of a sign that a clock shows, row by row; nothing for any other sign.
const fn sign(sign: char) -> [&'static str; ROWS] {
    match sign {
        '0' => ["#####", "#   #", "#   #", "#   #", "#####"],
        '1' => ["  #  ", " ##  ", "  #  ", "  #  ", "#####"],
        '2' => ["#####", "    #", "#####", "#    ", "#####"],
        '3' => ["#####", "    #", " ####", "    #", "#####"],
        '4' => ["#   #", "#   #", "#####", "    #", "    #"],
        '5' => ["#####", "#    ", "#####", "    #", "#####"],
        '6' => ["#####", "#    ", "#####", "#   #", "#####"],
        '7' => ["#####", "    #", "   # ", "  #  ", "  #  "],
        '8' => ["#####", "#   #", "#####", "#   #", "#####"],
        '9' => ["#####", "#   #", "#####", "    #", "#####"],
        ':' => [" ", "#", " ", "#", " "],
        _ => ["", "", "", "", ""],
    }
}

/// A face such as `07:32` in big digits.
pub fn big(theme: Theme, face: &str) -> [String; ROWS] {
    let (full, ..) = theme.bar();
    std::array::from_fn(|row| {
        let parts = face.chars().map(|character| sign(character).get(row).copied().unwrap_or(""));
        parts.collect::<Vec<_>>().join("  ").replace('#', full)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::text::width;

    #[test]
    fn every_digit_is_as_wide_and_none_looks_like_another() {
        let mut all: Vec<String> = ('0'..='9')
            .map(|digit| {
                let rows = big(Theme::new(true, false), &digit.to_string());
                assert!(rows.iter().all(|row| width(row) == 5), "{rows:?}");
                rows.concat()
            })
            .collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 10);
        assert_eq!(big(Theme::new(true, false), "07:32")[0], "#####  #####     #####  #####");
    }
}
