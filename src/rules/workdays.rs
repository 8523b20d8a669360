//! Working days. Monday to Friday are, Saturday and Sunday are not; holidays take days out and workdays put days back
//! in, as the yearly list of public holidays says.

use jiff::civil::{Date, Weekday};

/// Whether people work on this day. A day in both lists is a working day.
pub fn is_working_day(day: Date, holidays: &[Date], workdays: &[Date]) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    workdays.contains(&day) || !(weekend || holidays.contains(&day))
}

/// The day on which so many working days after `from` are over: `from` itself does not count, and 0 days are over on it.
///
/// The calendar's last day is the answer where it would be later.
pub fn add_working_days(from: Date, days: u32, holidays: &[Date], workdays: &[Date]) -> Date {
    let mut day = from;
    let mut left = days;
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        if is_working_day(day, holidays, workdays) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_holidays_do_not_count_and_workdays_do() {
        let holidays: Vec<Date> = (1..=7).map(|n| jiff::civil::date(2026, 10, n)).collect();
        let workdays = [day("2026-10-10")];
        // (from, days, holidays and workdays known, day)
        let table = [
            ("2026-11-24", 0, false, "2026-11-24"),
            ("2026-11-24", 1, false, "2026-11-25"),
            ("2026-11-24", 15, false, "2026-12-15"),
            ("2026-11-27", 1, false, "2026-11-30"),
            ("2026-11-28", 1, false, "2026-11-30"),
            ("2026-09-30", 1, false, "2026-10-01"),
            ("2026-09-30", 1, true, "2026-10-08"),
            ("2026-09-30", 3, true, "2026-10-10"),
            ("2026-09-30", 4, true, "2026-10-12"),
        ];
        for (from, days, listed, expected) in table {
            let (holidays, workdays): (&[Date], &[Date]) =
                if listed { (&holidays, &workdays) } else { (&[], &[]) };
            let due_on = add_working_days(day(from), days, holidays, workdays);
            assert_eq!(due_on, day(expected), "{days} after {from}");
        }
    }

    #[test]
    fn the_calendar_ends() {
        assert_eq!(add_working_days(day("9999-12-30"), u32::MAX, &[], &[]), Date::MAX);
    }

    proptest! {
        #[test]
        fn so_many_working_days_lie_between(offset in 0i32..4000, days in 0u32..60, off in proptest::collection::vec(0i32..4100, 0..20)) {
            let start = day("2026-01-01");
            let at = |offset: i32| start.checked_add(jiff::Span::new().days(offset)).unwrap();
            let holidays: Vec<Date> = off.iter().map(|offset| at(*offset)).collect();
            let from = at(offset);
            let due_on = add_working_days(from, days, &holidays, &[]);
            let between = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day <= due_on);
            let worked = between.filter(|day| is_working_day(*day, &holidays, &[])).count();
            prop_assert_eq!(worked, days as usize);
            prop_assert!(days == 0 || is_working_day(due_on, &holidays, &[]));
        }
    }
}
