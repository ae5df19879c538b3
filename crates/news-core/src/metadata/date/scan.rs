//! The shapes of dates and times, tried at each number and month name of a text.

use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::Offset;

use super::words::{Class, MonthName, Word, look_up};
use super::{Clock, DateHint, Day, Moment, Precision, YEARS, from_solar_hijri, full_year, offset};

/// Most letters and marks stepped over between a date and its time, in tokens.
const GAP_TOKENS: usize = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A run of decimal digits of any script; `value` is cut off at nineteen digits.
    Number {
        value: i64,
        digits: u32,
    },
    Word,
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    /// Byte range in the text.
    start: u32,
    end: u32,
    /// No space before it.
    glued: bool,
}

/// The first of the ten digits of each script that has its own.
const ZEROS: [u32; 15] = [
    0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0E50, 0x0ED0,
    0x1040, 0x17E0, 0xFF10,
];

fn digit(c: char) -> Option<i64> {
    if c.is_ascii() {
        return c.to_digit(10).map(i64::from);
    }
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code))?;
    Some(i64::from(code - zero))
}

/// Letters, and the vowel and tone signs that Rust does not count as such.
fn is_letter(c: char) -> bool {
    let code = u32::from(c);
    c.is_alphabetic()
        || (0x0300..0x0370).contains(&code)
        || ((0x0900..0x0E80).contains(&code) && c != '\u{964}')
        || code == 0x200C
}

/// Characters that are a word by themselves: the units of Chinese and Japanese dates.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '號' | '時' | '时' | '点' | '點' | '分' | '秒')
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity((text.len() / 3).min(64) + 4);
    let mut glued = false;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
        {
            glued = false;
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if let Some(first) = digit(c) {
            let (mut value, mut digits) = (first, 1);
            while let Some((at, next)) = chars.next_if(|(_, next)| digit(*next).is_some()) {
                value = value.saturating_mul(10).saturating_add(digit(next).unwrap_or(0));
                digits += 1;
                end = at + next.len_utf8();
            }
            Kind::Number { value, digits }
        } else if is_unit(c) {
            Kind::Word
        } else if is_letter(c) {
            let in_word = |next: char| is_letter(next) && !is_unit(next) && digit(next).is_none();
            while let Some((at, next)) = chars.next_if(|(_, next)| in_word(*next)) {
                end = at + next.len_utf8();
            }
            Kind::Word
        } else {
            Kind::Mark(c)
        };
        tokens.push(Token { kind, start: start as u32, end: end as u32, glued });
        glued = true;
    }
    tokens
}

// ------------------------------------------------------------------ shapes

/// A text in tokens, with what decides between readings.
pub(super) struct Scan<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    hint: &'a DateHint<'a>,
    /// The text is nothing but a date: months, missing years and bare figures are accepted.
    whole: bool,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, hint: &'a DateHint<'a>, whole: bool) -> Self {
        Self { text, tokens: tokens(text), hint, whole }
    }

    /// The first believable date and its byte range. Where months count, a day anywhere wins over them.
    pub(super) fn first(&self) -> Option<(Range<usize>, Moment)> {
        let mut month = None;
        for at in 0..self.tokens.len() {
            let Some(found) = self.moment_at(at) else {
                continue;
            };
            if found.1.precision > Precision::Month {
                return Some(found);
            }
            month.get_or_insert(found);
        }
        month
    }

    fn moment_at(&self, at: usize) -> Option<(Range<usize>, Moment)> {
        let (day, mut end, inner) = self.day_at(at)?;
        let mut moment = day.moment().filter(|moment| self.hint.allows(moment))?;
        let mut start = at;
        if let Some(clock) = inner {
            moment = moment.at(clock);
        } else if moment.precision == Precision::Day {
            if let Some((clock, next)) = self.clock_after(end, &moment) {
                (moment, end) = (moment.at(clock), next);
            } else if let Some((clock, first)) = self.clock_before(at, &moment) {
                (moment, start) = (moment.at(clock), first);
            }
        }
        let range = self.tokens.get(start)?.start as usize..self.tokens.get(end - 1)?.end as usize;
        Some((range, moment))
    }

    /// A day that begins with this token, the token after it, and the time where it stands inside.
    fn day_at(&self, at: usize) -> Option<(Day, usize, Option<Clock>)> {
        match self.tokens.get(at)?.kind {
            Kind::Number { .. } if self.is_tail(at) => None,
            Kind::Number { digits, .. } if digits >= 8 => self.compact(at),
            Kind::Number { digits: 4, value } => {
                self.year_first(value, at + 1).map(|(day, end)| (day, end, None))
            }
            Kind::Number { digits: 1 | 2, value } => {
                self.day_first(value, at + 1).map(|(day, end)| (day, end, None))
            }
            Kind::Word => self.word_first(at),
            _ => None,
        }
    }

    fn number(&self, at: usize) -> Option<(i64, u32)> {
        match self.tokens.get(at)?.kind {
            Kind::Number { value, digits } => Some((value, digits)),
            _ => None,
        }
    }

    fn small(&self, at: usize) -> Option<i64> {
        self.number(at).filter(|(_, digits)| *digits <= 2).map(|(value, _)| value)
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    fn slice(&self, from: usize, to: usize) -> Option<&'a str> {
        let (from, to) = (self.tokens.get(from)?, self.tokens.get(to)?);
        self.text.get(from.start as usize..to.end as usize)
    }

    /// The entry of the word at this token and the token after it; reads `a.m.` and `ม.ค.` as one word.
    fn word(&self, at: usize) -> Option<(&'static Word, usize)> {
        if self.tokens.get(at)?.kind != Kind::Word {
            return None;
        }
        if self.mark(at + 1) == Some('.') && self.is_glued(at + 1) && self.is_glued(at + 2) {
            let whole = self
                .slice(at, at + 2)
                .filter(|_| self.tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Word));
            if let Some(word) = whole.and_then(look_up) {
                return Some((word, at + 3));
            }
        }
        let word = look_up(self.slice(at, at)?)?;
        if word.begins_pair
            && let Some(pair) = self.slice(at, at + 1).and_then(look_up)
        {
            return Some((pair, at + 2));
        }
        Some((word, at + 1))
    }

    fn class(&self, at: usize) -> Option<(Class, usize)> {
        let (word, next) = self.word(at)?;
        word.class.map(|class| (class, next))
    }

    /// The token after this one if it is a word of this class, else this one.
    fn skip(&self, at: usize, class: Class) -> usize {
        self.class(at).filter(|(found, _)| *found == class).map_or(at, |(_, next)| next)
    }

    fn month(&self, at: usize) -> Option<(MonthName, usize)> {
        let (word, next) = self.word(at)?;
        word.month(self.hint).map(|month| (month, next))
    }

    /// Steps over what may stand between the parts of a written date: `of`, `de`, ordinals, dots, commas.
    fn skip_filling(&self, mut at: usize, marks: &str) -> usize {
        for _ in 0..4 {
            let is_mark = self.mark(at).is_some_and(|mark| marks.contains(mark));
            match self.class(at) {
                _ if is_mark => at += 1,
                Some((Class::Filler | Class::Ordinal, next)) => at = next,
                _ => break,
            }
        }
        at
    }

    /// Whether a number goes on from figures before it, as in `3.5.2024.7` or `12-05-2024`.
    fn is_tail(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(2) else {
            return false;
        };
        self.is_glued(at)
            && self.is_glued(at - 1)
            && self.number(before).is_some()
            && self.mark(at - 1).is_some_and(|mark| matches!(mark, '.' | '-' | '/' | '_' | ':'))
    }

    /// Whether more figures follow directly, so that this was not a date but a longer number.
    fn goes_on(&self, end: usize) -> bool {
        self.mark(end).is_some_and(|mark| matches!(mark, '.' | '-' | '/'))
            && self.is_glued(end)
            && self.is_glued(end + 1)
            && self.number(end + 1).is_some_and(|(_, digits)| digits != 2)
    }

    // -------------------------------------------------------------- year first

    /// `2024-05-02`, `2024年5月2日`, `2024. május 2.`, `2024 m. gegužės 2 d.`
    fn year_first(&self, year: i64, at: usize) -> Option<(Day, usize)> {
        let after_unit = self.skip(at, Class::Year);
        let separator = self.mark(after_unit).filter(|mark| "-/._".contains(*mark));
        let mut next = after_unit + usize::from(separator.is_some());
        next = self.skip(next, Class::Year);
        if let Some((name, end)) = self.month(next) {
            return self.year_then_name(year, name, end);
        }
        let month = self.small(next)?;
        next += 1;
        // `2024. gada 2. maijs`
        let after_dot = next + usize::from(self.mark(next) == Some('.'));
        if let Some((name, end)) = self.month(after_dot) {
            return Self::named(year, name, Some(month)).map(|day| (day, end));
        }
        let after_month = self.skip(next, Class::Month);
        let is_spelt = after_month > next;
        let same = separator.is_some() && self.mark(after_month) == separator;
        let spaced = self.whole && separator.is_none() && !is_spelt;
        let day_at = after_month + usize::from(same);
        if let Some(day) = self.small(day_at).filter(|_| same || is_spelt || spaced) {
            let end = self.skip(day_at + 1, Class::Day);
            if self.goes_on(end) {
                return None;
            }
            return self.civil(year, month, day).map(|day| (day, end));
        }
        let is_month = self.whole && (is_spelt || matches!(separator, Some('-' | '/')));
        is_month.then_some((Day { year, month, day: None }, after_month))
    }

    fn year_then_name(&self, year: i64, name: MonthName, at: usize) -> Option<(Day, usize)> {
        let next = self.skip_filling(at, ".,-/");
        if let Some(day) = self.small(next) {
            let end = self.skip(next + 1, Class::Day);
            return Self::named(year, name, Some(day)).map(|day| (day, end));
        }
        Self::named(year, name, None).filter(|_| self.whole).map(|day| (day, at))
    }

    /// Figures as a day, in the calendar that the year belongs to.
    fn civil(&self, year: i64, month: i64, day: i64) -> Option<Day> {
        if (1300..1500).contains(&year) && self.hint.is("fa") {
            return from_solar_hijri(year, month, day);
        }
        let year = Self::gregorian_year(year)?;
        Some(Day { year, month, day: Some(day) })
    }

    fn named(year: i64, name: MonthName, day: Option<i64>) -> Option<Day> {
        match name {
            MonthName::Gregorian(month) => {
                Some(Day { year: Self::gregorian_year(year)?, month, day })
            }
            MonthName::SolarHijri(month) => from_solar_hijri(year, month, day?),
        }
    }

    /// Years of the Buddhist era (Thailand) are 543 ahead.
    fn gregorian_year(year: i64) -> Option<i64> {
        let year = if (2443..=2643).contains(&year) { year - 543 } else { year };
        YEARS.contains(&year).then_some(year)
    }

    // -------------------------------------------------------------- day first

    /// `2 May 2024`, `2. Mai 2024`, `2 de mayo de 2024`, `02/05/2024`, `2 tháng 5 năm 2024`.
    fn day_first(&self, day: i64, at: usize) -> Option<(Day, usize)> {
        let next = self.skip_filling(at, ".-/_");
        if let Some((name, end)) = self.month(next) {
            return self.day_then_name(day, name, end);
        }
        if self.class(next).is_some_and(|(class, _)| class == Class::Month) {
            return self.day_then_unit(day, next + 1);
        }
        let separator = self.mark(at).filter(|mark| "/.-_".contains(*mark))?;
        let second = self.small(at + 1)?;
        if self.mark(at + 2) != Some(separator) {
            return None;
        }
        let (third, digits) = self.number(at + 3)?;
        let end = at + 4;
        if self.goes_on(end) {
            return None;
        }
        let is_tight = self.is_glued(at)
            && self.is_glued(at + 1)
            && self.is_glued(at + 2)
            && self.is_glued(at + 3);
        match digits {
            4 => self.figures(day, second, third, separator).map(|day| (day, end)),
            2 if is_tight => {
                self.short_figures(at, [day, second, third], separator).map(|day| (day, end))
            }
            _ => None,
        }
    }

    fn day_then_name(&self, day: i64, name: MonthName, at: usize) -> Option<(Day, usize)> {
        let mut next = self.skip_filling(at, ".,-/_");
        let quoted = self.mark(next).is_some_and(|mark| matches!(mark, '\'' | '’' | '‘'));
        next += usize::from(quoted);
        let year = match self.number(next) {
            Some((year, 4)) => year,
            Some((year, 2))
                if quoted
                    || (self.is_glued(next) && !self.is_clock(next))
                    || self.ends_short(next)
                    || self.is_clock(next + 1) =>
            {
                full_year(year)
            }
            _ => return self.without_year(name, day).map(|day| (day, at)),
        };
        let end = self.skip(next + 1, Class::Year);
        Self::named(year, name, Some(day)).map(|day| (day, end))
    }

    /// Whether a two-digit number is the last token of a text that is a date.
    fn ends_short(&self, at: usize) -> bool {
        self.whole && at + 1 == self.tokens.len()
    }

    /// Whether a time of day begins here, with a colon.
    fn is_clock(&self, at: usize) -> bool {
        self.mark(at + 1) == Some(':') && self.small(at + 2).is_some()
    }

    /// The month is a number after its unit, as in Vietnamese.
    fn day_then_unit(&self, day: i64, at: usize) -> Option<(Day, usize)> {
        let month = self.small(at)?;
        let mut next = self.skip_filling(at + 1, ",/-");
        next = self.skip(next, Class::Year);
        let (year, digits) = self.number(next)?;
        (digits == 4).then_some((self.civil(year, month, day)?, next + 1))
    }

    /// Day, month and year in figures. The order is the hint's unless only the other one can be.
    fn figures(&self, first: i64, second: i64, year: i64, separator: char) -> Option<Day> {
        let day_first = separator == '.' || self.hint.is_day_first();
        let one = if day_first { (second, first) } else { (first, second) };
        let readings = [one, (one.1, one.0)];
        let believed = |(month, day): (i64, i64)| {
            let day = self.civil(year, month, day)?;
            day.moment().is_some_and(|moment| self.hint.allows(&moment)).then_some(day)
        };
        readings.into_iter().find_map(believed)
    }

    /// Three numbers of at most two digits. In prose only `02/05/24` and `02.05.24` are dates.
    fn short_figures(&self, at: usize, [a, b, c]: [i64; 3], separator: char) -> Option<Day> {
        let two = |index: usize| self.number(index).is_some_and(|(_, digits)| digits == 2);
        let is_plain = two(at - 1) && two(at + 1) && separator != '-';
        if !self.whole && !is_plain {
            return None;
        }
        if self.hint.is_year_first() {
            return Some(Day { year: full_year(a), month: b, day: Some(c) });
        }
        self.figures(a, b, full_year(c), separator)
    }

    /// The last such day that is not after the hint's latest; only where the text is a date.
    fn without_year(&self, name: MonthName, day: i64) -> Option<Day> {
        let MonthName::Gregorian(month) = name else {
            return None;
        };
        let latest = self.hint.latest.filter(|_| self.whole)?;
        let this_year = i64::from(latest.date.year());
        let days = [this_year, this_year - 1].map(|year| Day { year, month, day: Some(day) });
        days.into_iter().find(|day| day.moment().is_some_and(|moment| self.hint.allows(&moment)))
    }

    // -------------------------------------------------------------- word first

    /// `May 2, 2024`, `Thu May 02 10:00:00 UTC 2024`, `May 2024`, `令和6年5月2日`, `ngày 2 tháng 5 …`.
    fn word_first(&self, at: usize) -> Option<(Day, usize, Option<Clock>)> {
        // A date goes on with a number within the next three tokens.
        if !(1..=3).any(|ahead| self.number(at + ahead).is_some()) {
            return None;
        }
        let (word, next) = self.word(at)?;
        if let Some(Class::Era(before)) = word.class {
            let year = before + self.number(next)?.0;
            return self.year_first(year, next + 1).map(|(day, end)| (day, end, None));
        }
        let name = word.month(self.hint)?;
        let next = self.skip_filling(next, ".,-/");
        let quoted = self.mark(next).is_some_and(|mark| matches!(mark, '\'' | '’'));
        match self.number(next + usize::from(quoted))? {
            (year, 4) if self.whole => Some((Self::named(year, name, None)?, next + 1, None)),
            (day, 1 | 2) if !quoted => self.name_then_day(name, day, next + 1),
            _ => None,
        }
    }

    fn name_then_day(
        &self,
        name: MonthName,
        day: i64,
        at: usize,
    ) -> Option<(Day, usize, Option<Clock>)> {
        let next = self.skip_filling(at, ".,-/");
        if let Some((year, 4)) = self.number(next) {
            return Some((Self::named(year, name, Some(day))?, next + 1, None));
        }
        if let Some((clock, after)) = self.clock_at(next, Date::constant(2000, 1, 1))
            && let Some((year, 4)) = self.number(after)
        {
            return Some((Self::named(year, name, Some(day))?, after + 1, Some(clock)));
        }
        let quoted = self.mark(next).is_some_and(|mark| matches!(mark, '\'' | '’'));
        let short = next + usize::from(quoted);
        if let Some((year, 2)) = self.number(short)
            && (quoted || self.ends_short(short))
        {
            return Some((Self::named(full_year(year), name, Some(day))?, short + 1, None));
        }
        self.without_year(name, day).map(|day| (day, at, None))
    }

    // -------------------------------------------------------------- digits run together

    /// `20240502`, `202405021000`, `20240502100000`, and `20240502T100000Z`.
    fn compact(&self, at: usize) -> Option<(Day, usize, Option<Clock>)> {
        let (value, digits) = self.number(at)?;
        if !self.whole
            || digits > 14
            || self.tokens.get(at).is_some_and(|t| (t.end - t.start) != digits)
        {
            return None;
        }
        let (date, clock) = match digits {
            8 => (value, self.compact_clock(at + 1)),
            10 => (value / 100, Some((value % 100 * 100, 4, at + 1))),
            12 => (value / 10_000, Some((value % 10_000, 4, at + 1))),
            14 => (value / 1_000_000, Some((value % 1_000_000, 6, at + 1))),
            _ => return None,
        };
        let day = Day { year: date / 10_000, month: date / 100 % 100, day: Some(date % 100) };
        let moment = day.moment()?;
        let Some((time, digits, mut end)) = clock else {
            return Some((day, at + 1, None));
        };
        let (time, second) =
            if digits == 6 { (time / 100, Some(time % 100)) } else { (time, None) };
        let offset = self.zone_at(end, moment.date, true);
        end = offset.map_or(end, |(_, next)| next);
        let offset = offset.map(|(offset, _)| offset);
        Some((day, end, Some(Clock { hour: time / 100, minute: time % 100, second, offset })))
    }

    /// `T1000` or `T100000` after a run of eight digits: the value, its digits, the next token.
    fn compact_clock(&self, at: usize) -> Option<(i64, u32, usize)> {
        let (class, next) = self.class(at)?;
        let (value, digits) = self.number(next)?;
        (class == Class::Filler && matches!(digits, 4 | 6)).then_some((value, digits, next + 1))
    }

    // -------------------------------------------------------------- times

    /// A time of day soon after a date, past marks, weekdays and words such as `um`, `at`, `à`.
    fn clock_after(&self, end: usize, moment: &Moment) -> Option<(Clock, usize)> {
        let mut at = end;
        for _ in 0..GAP_TOKENS {
            if let Some(found) = self.clock_at(at, moment.date) {
                return Some(found);
            }
            at = self.gap(at)?;
        }
        None
    }

    fn gap(&self, at: usize) -> Option<usize> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(mark) => ",|•·-–—:()（）/@.".contains(mark).then_some(at + 1),
            Kind::Word => match self.class(at) {
                Some((
                    Class::Filler | Class::Weekday | Class::Year | Class::Day | Class::Ordinal,
                    next,
                )) => Some(next),
                Some(_) => None,
                // A zone that the language does not decide.
                None if self.word(at).is_some_and(|(word, _)| !word.zones.is_empty()) => {
                    Some(at + 1)
                }
                // A weekday in a language that is not listed: `(…)`, or a short word before a mark.
                None => self
                    .mark(at + 1)
                    .is_some_and(|mark| matches!(mark, ')' | '）'))
                    .then_some(at + 1),
            },
            Kind::Number { .. } => None,
        }
    }

    /// A time of day that ends, past a gap, where the date begins, and its first token.
    fn clock_before(&self, start: usize, moment: &Moment) -> Option<(Clock, usize)> {
        let from = start.saturating_sub(10);
        (from..start).find_map(|first| {
            if self.is_tail(first) {
                return None;
            }
            let (clock, mut at) = self.clock_at(first, moment.date)?;
            for _ in 0..GAP_TOKENS {
                if at == start {
                    return Some((clock, first));
                }
                at = self.gap(at)?;
            }
            None
        })
    }

    /// `10:00`, `10.00 Uhr`, `10h00`, `10 a.m.`, `오전 10시 30분`, each with a zone where one follows.
    fn clock_at(&self, at: usize, day: Date) -> Option<(Clock, usize)> {
        let half_before = self.half(at);
        let at = half_before.map_or(at, |(_, next)| next);
        let hour = self.small(at)?;
        let (minute, second, next) = self.minutes(at)?;
        let next = self.skip(next, Class::Hour);
        let half_after = self.half(next);
        let mut next = half_after.map_or(next, |(_, next)| next);
        if minute.is_none()
            && half_before.is_none()
            && half_after.is_none()
            && !self.says_hour(at + 1)
        {
            return None;
        }
        let half = half_after.or(half_before).map(|(half, _)| half);
        let mut clock =
            Clock { hour: in_half(hour, half), minute: minute.unwrap_or(0), second, offset: None };
        if clock.hour > 23 || clock.minute > 59 {
            return None;
        }
        if let Some((offset, after)) = self.zone_at(next, day, second.is_some() || self.is_iso(at))
        {
            (clock.offset, next) = (Some(offset), after);
        }
        Some((clock, next))
    }

    /// Minutes and seconds after the hour at `at`, and the token after them.
    fn minutes(&self, at: usize) -> Option<(Option<i64>, Option<i64>, usize)> {
        let next = at + 1;
        let two = |index: usize| {
            self.number(index).filter(|(_, digits)| *digits == 2).map(|(value, _)| value)
        };
        match self.mark(next) {
            Some(':' | '：') => {
                let minute = two(next + 1)?;
                let is_seconds = matches!(self.mark(next + 2), Some(':' | '：'));
                let Some(second) = two(next + 3).filter(|_| is_seconds) else {
                    return Some((Some(minute), None, next + 2));
                };
                let end = next + 4;
                let is_fraction = matches!(self.mark(end), Some('.' | ','))
                    && self.is_glued(end)
                    && self.is_glued(end + 1)
                    && self.number(end + 1).is_some();
                Some((Some(minute), Some(second), if is_fraction { end + 2 } else { end }))
            }
            Some('.')
                if self.is_glued(next) && self.is_glued(next + 1) && !self.goes_on(next + 2) =>
            {
                let minute = two(next + 1)?;
                (self.mark(next + 2) != Some('.') || self.number(next + 3).is_none()).then_some((
                    Some(minute),
                    None,
                    next + 2,
                ))
            }
            _ if self.says_hour(next) => Some(self.minutes_in_words(next + 1)),
            _ => Some((None, None, next)),
        }
    }

    fn minutes_in_words(&self, at: usize) -> (Option<i64>, Option<i64>, usize) {
        let Some(minute) =
            self.small(at).filter(|minute| *minute < 60 && self.number(at + 1).is_none())
        else {
            return (None, None, at);
        };
        let after = self.skip(at + 1, Class::Minute);
        let is_spelt = after > at + 1;
        if !is_spelt && self.number(at).is_none_or(|(_, digits)| digits != 2) {
            return (None, None, at);
        }
        match self.small(after) {
            Some(second) if is_spelt && self.skip(after + 1, Class::Second) > after + 1 => {
                (Some(minute), Some(second), after + 2)
            }
            _ => (Some(minute), None, after),
        }
    }

    fn says_hour(&self, at: usize) -> bool {
        self.class(at).is_some_and(|(class, _)| class == Class::Hour)
    }

    /// Whether the time stands behind a `T`, so that a minus after it is a zone and not a range.
    fn is_iso(&self, at: usize) -> bool {
        at > 1
            && self.is_glued(at)
            && self.slice(at - 1, at - 1).is_some_and(|word| word == "T" || word == "t")
    }

    /// Morning or afternoon; `a. m.` with a space too.
    fn half(&self, at: usize) -> Option<(Class, usize)> {
        if let Some((class @ (Class::Am | Class::Pm), next)) = self.class(at) {
            let dot = self.mark(next) == Some('.') && self.is_glued(next);
            return Some((class, next + usize::from(dot)));
        }
        let letter = |index: usize| self.slice(index, index);
        let is_split = self.mark(at + 1) == Some('.') && self.mark(at + 3) == Some('.');
        match (letter(at)?, letter(at + 2)?) {
            ("a", "m") if is_split => Some((Class::Am, at + 4)),
            ("p", "m") if is_split => Some((Class::Pm, at + 4)),
            _ => None,
        }
    }

    // -------------------------------------------------------------- zones

    /// `UTC+2`, `+02:00`, `-0500`, `EDT`, `(MESZ)`. After a time of day without seconds `-11:00` is a
    /// range of hours and not a zone, unless `minus_is_zone`.
    fn zone_at(&self, at: usize, day: Date, minus_is_zone: bool) -> Option<(Offset, usize)> {
        let opens = self.mark(at).is_some_and(|mark| matches!(mark, '(' | '[' | ',' | '|'));
        let first = at + usize::from(opens);
        let (offset, mut next) = self.bare_zone(first, day, minus_is_zone)?;
        if opens && self.mark(next).is_some_and(|mark| matches!(mark, ')' | ']')) {
            next += 1;
        }
        Some((offset, next))
    }

    fn bare_zone(&self, at: usize, day: Date, minus_is_zone: bool) -> Option<(Offset, usize)> {
        if let Some(found) = self.signed(at, minus_is_zone) {
            return Some(found);
        }
        let (word, next) = self.word(at)?;
        let zone = word.zone(self.hint)?;
        // In running text a zone is written in capitals: "et", "art" and "pet" are words.
        let is_capital = self.slice(at, at)?.chars().next().is_some_and(char::is_uppercase);
        if !is_capital && zone.seconds != 0 {
            return None;
        }
        if zone.seconds == 0
            && let Some(found) = self.signed(next, true)
        {
            return Some(found);
        }
        Some((zone.offset_on(day)?, next))
    }

    fn signed(&self, at: usize, minus_is_zone: bool) -> Option<(Offset, usize)> {
        let sign = match self.mark(at)? {
            '+' => 1,
            '-' | '−' | '–' => -1,
            _ => return None,
        };
        if !self.is_glued(at + 1) {
            return None;
        }
        let (value, digits) = self.number(at + 1)?;
        if digits == 4 {
            return Some((offset(sign, value / 100, value % 100)?, at + 2));
        }
        if digits > 2 || (sign < 0 && !minus_is_zone) {
            return None;
        }
        let minutes = self.small(at + 3).filter(|_| self.mark(at + 2) == Some(':'));
        let next = if minutes.is_some() { at + 4 } else { at + 2 };
        Some((offset(sign, value, minutes.unwrap_or(0))?, next))
    }
}

/// The hour on the 24-hour clock. Hours above twelve stay as they are.
fn in_half(hour: i64, half: Option<Class>) -> i64 {
    match half {
        Some(Class::Am) if hour == 12 => 0,
        Some(Class::Pm) if hour < 12 => hour + 12,
        _ => hour,
    }
}
