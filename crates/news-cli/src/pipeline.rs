//! Work on several threads, results in the order of the inputs.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Results that may wait for an earlier one, for each thread: more only costs memory.
const WINDOW: usize = 4;

/// Calls `work` on each input, on `jobs` threads, and `sink` on each result, in order, on this
/// thread. At most `jobs * WINDOW` inputs are under way, however many there are. Ends at the
/// first error of `sink`.
pub(crate) fn in_order<I, T, E>(
    mut inputs: I,
    jobs: usize,
    work: impl Fn(I::Item) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator + Send,
    T: Send,
{
    if jobs <= 1 {
        return inputs.try_for_each(|input| sink(work(input)));
    }
    let (permit, permits) = sync_channel(jobs * WINDOW);
    let (done, results) = sync_channel(jobs * WINDOW);
    for _ in 0..jobs * WINDOW {
        let _ = permit.try_send(());
    }
    let feed = Mutex::new(Feed { inputs: inputs.enumerate(), permits });
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (done, feed, work) = (done.clone(), &feed, &work);
            // A thread ends when the inputs do, or when nobody waits for results any more.
            scope.spawn(move || {
                while let Some((at, input)) = next(feed) {
                    if done.send((at, work(input))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let outcome = drain(&results, |result| {
            let _ = permit.try_send(());
            sink(result)
        });
        // What is still at work finds both ends closed.
        drop((permit, results));
        outcome
    })
}

struct Feed<I> {
    inputs: I,
    permits: Receiver<()>,
}

/// The next input, once there is room for its result.
fn next<I: Iterator>(feed: &Mutex<Feed<I>>) -> Option<I::Item> {
    let mut feed = feed.lock().ok()?;
    feed.permits.recv().ok()?;
    feed.inputs.next()
}

/// Hands on results in the order of their numbers.
fn drain<T, E>(
    results: &Receiver<(usize, T)>,
    mut sink: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut turn = 0;
    for (at, result) in results {
        waiting.insert(at, result);
        while let Some(result) = waiting.remove(&turn) {
            turn += 1;
            sink(result)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn order_is_kept_and_the_window_bounded() {
        let started = AtomicUsize::new(0);
        let mut seen = Vec::new();
        let work = |n: usize| {
            started.fetch_add(1, Ordering::SeqCst);
            thread::sleep(Duration::from_micros(((n * 7) % 5) as u64 * 100));
            n
        };
        let sink = |n: usize| {
            assert!(started.load(Ordering::SeqCst) - seen.len() <= 3 * WINDOW + 1);
            seen.push(n);
            Ok::<_, ()>(())
        };
        assert_eq!(in_order(0..500, 3, work, sink), Ok(()));
        assert_eq!(seen, (0..500).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_of_the_sink_ends_all() {
        for jobs in [1, 4] {
            let sink = |n: usize| if n == 7 { Err("full") } else { Ok(()) };
            assert_eq!(in_order(0.., jobs, |n| n, sink), Err("full"));
        }
    }
}
