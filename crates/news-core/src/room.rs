//! Room for lists that grow with the page: as much as they will need at the pace at which they grew so far.
//! Doubling the room of a long list holds it three times while it moves.

/// Adds to a list of what was met in the first `done` of `whole`, in whatever both count.
#[inline]
pub(crate) fn push<T>(list: &mut Vec<T>, item: T, done: usize, whole: usize) {
    if list.len() == list.capacity() {
        make(list, done, whole);
    }
    list.push(item);
}

#[cold]
fn make<T>(list: &mut Vec<T>, done: usize, whole: usize) {
    list.reserve_exact(more(list.len(), done, whole));
}

/// How many more are expected, and some beside. At least a fourth of what there is, so that adding stays linear;
/// at most eight times as much, so that a crowded beginning does not ask for the world.
fn more(count: usize, done: usize, whole: usize) -> usize {
    let rest = whole.saturating_sub(done) as u64;
    let expected = rest.saturating_mul(count as u64) / done.max(1) as u64;
    let (least, most) = (count / 4 + 16, 8 * count + 16);
    usize::try_from(expected.saturating_add(expected / 16)).unwrap_or(most).clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_made_for_what_will_come() {
        let mut list = Vec::new();
        for n in 0..10_000 {
            push(&mut list, n, 3 * n, 30_000);
        }
        assert!(list.capacity() < 12_000, "{}", list.capacity());
    }

    #[test]
    fn a_wrong_pace_asks_for_some_room() {
        assert_eq!(more(1_000, 0, 1 << 40), 8_016);
        assert_eq!(more(1_000, 10, 10), 266);
        assert_eq!([more(0, 0, 0), more(0, 5, 1_000), more(1, 9, 3)], [16; 3]);
        let widest = u32::MAX as usize;
        assert_eq!(more(widest, 1, widest), 8 * widest + 16);
        let mut list = Vec::new();
        (0..1_000).for_each(|n| push(&mut list, n, usize::MAX, 0));
        assert!((1_000..1_400).contains(&list.capacity()), "{}", list.capacity());
    }
}
