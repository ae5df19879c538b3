//! The threads that read pages, and who may hand them work.

use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::timeout;

/// Niceness of the workers: the threads that answer `/healthz` go first.
const NICENESS: i32 = 10;

/// Work; it is told its number.
type Job = Box<dyn FnOnce(u64) + Send>;

/// Threads and one queue. A page cannot be given up half-way, so there are only as many threads as
/// the machine has processors; what waits is bounded by [`Gate`]. A thread whose page takes longer
/// than it may, or whose asker has gone, is replaced until it is done, so that a few pages do not
/// stop the others: at most every thread once.
#[derive(Debug)]
pub(crate) struct Pool {
    jobs: Sender<Job>,
    crew: Arc<Crew>,
}

/// The threads of a pool.
#[derive(Debug)]
struct Crew {
    /// Threads wanted.
    workers: usize,
    /// How long a page may take.
    patience: Duration,
    queue: Mutex<Receiver<Job>>,
    roster: Mutex<Roster>,
}

#[derive(Debug, Default)]
struct Roster {
    /// Threads there are.
    threads: usize,
    /// Number of the next job.
    next: u64,
    /// The jobs that are worked on.
    begun: BTreeMap<u64, Begun>,
}

/// A job that is worked on.
#[derive(Debug, Clone, Copy)]
struct Begun {
    since: Instant,
    /// Nobody waits for it any more.
    is_abandoned: bool,
}

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waits {
    /// For a worker.
    pub(crate) queue: Duration,
    /// For the work, once begun.
    pub(crate) work: Duration,
}

/// Why work gave no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It panicked.
    Panicked,
    /// It was not begun in time.
    Waited,
    /// It was begun, and not done in time.
    Slow,
}

impl Pool {
    /// `patience`: how long the work on one page may take before its thread is replaced.
    pub(crate) fn new(workers: usize, patience: Duration) -> io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let (queue, roster) = (Mutex::new(queue), Mutex::default());
        let crew = Arc::new(Crew { workers, patience, queue, roster });
        for _ in 0..workers {
            crew.hire()?;
        }
        Ok(Self { jobs, crew })
    }

    /// Workers that take longer than they may, or work for nobody.
    pub(crate) fn overrun(&self) -> usize {
        self.crew.overrun(&self.crew.roster())
    }

    /// Does `work` on a worker. Work whose asker went away before it began is not done. `ticket` is
    /// held until the work is over, not only until it is waited for.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        ticket: impl Send + 'static,
        limits: Waits,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Lost> {
        let (reply, result) = oneshot::channel();
        let (begin, begun) = oneshot::channel();
        let job = Box::new(move |number| {
            if reply.is_closed() {
                return;
            }
            let _ = begin.send(number);
            // A panic is a fault of ours; the worker goes on, and the asker is told.
            let result = catch_unwind(AssertUnwindSafe(work));
            drop(ticket);
            let _ = reply.send(result);
        });
        self.crew.cover();
        if self.jobs.send(job).is_err() {
            return Err(Lost::Panicked);
        }
        // Dropping `result` takes the job out of the queue.
        let number = timeout(limits.queue, begun).await.map_err(|_| Lost::Waited)?;
        let number = number.map_err(|_| Lost::Panicked)?;
        let asker = Asker { crew: &self.crew, number, is_answered: false };
        let result = timeout(limits.work, result).await;
        asker.settle();
        match result {
            Ok(Ok(Ok(result))) => Ok(result),
            Ok(Ok(Err(_)) | Err(_)) => Err(Lost::Panicked),
            Err(_) => Err(Lost::Slow),
        }
    }
}

/// Somebody who waits for a job. Going away without an answer frees its worker's place for the next
/// who comes: not at once, since those that wait may be about to leave as well.
struct Asker<'p> {
    crew: &'p Arc<Crew>,
    number: u64,
    is_answered: bool,
}

impl Asker<'_> {
    fn settle(mut self) {
        self.is_answered = true;
    }
}

impl Drop for Asker<'_> {
    fn drop(&mut self) {
        if self.is_answered {
            return;
        }
        if let Some(begun) = self.crew.roster().begun.get_mut(&self.number) {
            begun.is_abandoned = true;
        }
    }
}

impl Crew {
    fn roster(&self) -> MutexGuard<'_, Roster> {
        self.roster.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn overrun(&self, roster: &Roster) -> usize {
        let is_over = |begun: &&Begun| begun.is_abandoned || begun.since.elapsed() > self.patience;
        roster.begun.values().filter(is_over).count()
    }

    /// Threads that there should be as things stand.
    fn wanted(&self, roster: &Roster) -> usize {
        self.workers + self.overrun(roster).min(self.workers)
    }

    /// Starts one more thread.
    fn hire(self: &Arc<Self>) -> io::Result<()> {
        self.roster().threads += 1;
        let crew = Arc::clone(self);
        let hired =
            thread::Builder::new().name("news-worker".to_owned()).spawn(move || crew.work());
        if hired.is_err() {
            self.roster().threads -= 1;
        }
        hired.map(drop)
    }

    /// Stands in for the threads that take too long.
    fn cover(self: &Arc<Self>) {
        let missing = || {
            let roster = self.roster();
            self.wanted(&roster).saturating_sub(roster.threads)
        };
        for _ in 0..missing() {
            // Without another thread the others go on more slowly.
            if self.hire().is_err() {
                return;
            }
        }
    }

    /// A thread's life: it ends with the pool, or when those it stood in for are back.
    fn work(&self) {
        // A machine that does not let us be nice is no reason to refuse work.
        let _ = rustix::process::nice(NICENESS);
        loop {
            let job = self.queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = job else { return };
            let number = self.begin();
            job(number);
            if self.is_surplus_after(number) {
                return;
            }
        }
    }

    fn begin(&self) -> u64 {
        let mut roster = self.roster();
        let number = roster.next;
        roster.next += 1;
        roster.begun.insert(number, Begun { since: Instant::now(), is_abandoned: false });
        number
    }

    /// Whether there is a thread too many now that a job is done: then it is signed off.
    fn is_surplus_after(&self, number: u64) -> bool {
        let mut roster = self.roster();
        roster.begun.remove(&number);
        let is_surplus = roster.threads > self.wanted(&roster);
        roster.threads -= usize::from(is_surplus);
        is_surplus
    }
}

/// Bytes that one permit of [`Gate`] stands for.
const UNIT: usize = 1024;

/// Who may come in: so many requests waiting or worked on, so many bytes of bodies in memory.
#[derive(Debug)]
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    all_places: usize,
    bytes: Arc<Semaphore>,
    all_bytes: usize,
}

/// No place, or no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// Room for the bytes of one body, given back when dropped.
#[derive(Debug)]
pub(crate) struct Room {
    gate: Arc<Semaphore>,
    permit: Option<OwnedSemaphorePermit>,
    used: usize,
}

impl Gate {
    pub(crate) fn new(places: usize, bytes: usize) -> Self {
        let all_bytes = bytes.div_ceil(UNIT).min(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(places)),
            all_places: places,
            bytes: Arc::new(Semaphore::new(all_bytes)),
            all_bytes,
        }
    }

    /// Whether a body of `declared` bytes would find room and a place as things stand: asked before
    /// its first byte is read.
    pub(crate) fn look(&self, declared: usize) -> Result<(), Full> {
        let has_room = self.bytes.available_permits() >= declared.div_ceil(UNIT);
        if has_room && self.places.available_permits() > 0 { Ok(()) } else { Err(Full) }
    }

    /// Room for a body that is about to be read, none taken yet.
    pub(crate) fn room(&self) -> Room {
        Room { gate: Arc::clone(&self.bytes), permit: None, used: 0 }
    }

    /// Room for `bytes`, waited for. Only for those who hold no other room.
    pub(crate) async fn wait_for_room(&self, bytes: usize) -> Room {
        let units = bytes.div_ceil(UNIT).min(self.all_bytes) as u32;
        let permit = Arc::clone(&self.bytes).acquire_many_owned(units).await.ok();
        Room { gate: Arc::clone(&self.bytes), permit, used: bytes }
    }

    /// A place in the queue.
    pub(crate) fn place(&self) -> Result<OwnedSemaphorePermit, Full> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| Full)
    }

    /// Requests waiting or worked on.
    pub(crate) fn taken(&self) -> usize {
        self.all_places.saturating_sub(self.places.available_permits())
    }

    /// Bytes of bodies held.
    pub(crate) fn bytes(&self) -> usize {
        self.all_bytes.saturating_sub(self.bytes.available_permits()) * UNIT
    }
}

impl Room {
    /// Takes room for `bytes` more.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<(), Full> {
        let before = self.used.div_ceil(UNIT);
        self.used += bytes;
        let more = self.used.div_ceil(UNIT) - before;
        if more == 0 {
            return Ok(());
        }
        let units = u32::try_from(more).map_err(|_| Full)?;
        let new = Arc::clone(&self.gate).try_acquire_many_owned(units).map_err(|_| Full)?;
        match &mut self.permit {
            Some(permit) => permit.merge(new),
            None => self.permit = Some(new),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    const LONG: Waits = Waits { queue: Duration::from_mins(1), work: Duration::from_mins(1) };
    const SHORT: Waits = Waits { queue: LONG.queue, work: Duration::from_millis(20) };
    const HURRIED: Waits = Waits { queue: Duration::from_millis(20), work: LONG.work };

    #[test]
    fn room_is_given_back() {
        let gate = Gate::new(1, 10 * UNIT);
        let mut room = gate.room();
        assert_eq!(room.grow(1), Ok(()));
        assert_eq!(room.grow(UNIT - 1), Ok(()));
        assert_eq!(gate.bytes(), UNIT);
        assert_eq!(room.grow(9 * UNIT), Ok(()));
        assert_eq!(room.grow(1), Err(Full));
        assert_eq!((gate.look(1), gate.look(0)), (Err(Full), Ok(())));
        drop(room);
        assert_eq!((gate.bytes(), gate.look(10 * UNIT)), (0, Ok(())));
        let place = gate.place();
        assert!(place.is_ok() && gate.place().is_err() && gate.look(0).is_err());
    }

    #[test]
    fn a_panic_is_told_and_survived() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let pool = Pool::new(1, LONG.work).expect("a pool");
            let lost = pool.run((), LONG, || panic!("on purpose")).await;
            assert_eq!(lost, Err::<(), _>(Lost::Panicked));
            assert_eq!(pool.run((), LONG, || 7).await, Ok(7));
        });
    }

    #[test]
    fn work_that_nobody_waits_for_is_not_begun() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let pool = Pool::new(1, LONG.work).expect("a pool");
            let (open, gate) = channel::<()>();
            let long = pool.run((), SHORT, move || gate.recv().is_ok());
            assert_eq!(long.await, Err(Lost::Slow));
            let done = Arc::new(AtomicBool::new(false));
            let mark = Arc::clone(&done);
            let late = pool.run((), HURRIED, move || {
                mark.store(true, Ordering::Relaxed);
            });
            assert_eq!(late.await, Err(Lost::Waited));
            open.send(()).expect("the worker waits");
            assert_eq!(pool.run((), LONG, || 1).await, Ok(1));
            assert!(!done.load(Ordering::Relaxed));
        });
    }

    #[test]
    fn work_that_is_abandoned_holds_up_nobody() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let pool = Pool::new(1, LONG.work).expect("a pool");
            let (open, gate) = channel::<()>();
            let long = pool.run((), LONG, move || gate.recv().is_ok());
            assert!(timeout(Duration::from_millis(50), long).await.is_err());
            assert_eq!(pool.overrun(), 1);
            assert_eq!(pool.run((), LONG, || 1).await, Ok(1));
            open.send(()).expect("the worker goes on");
        });
    }

    #[test]
    fn a_thread_that_takes_too_long_is_replaced_until_it_is_done() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let pool = Pool::new(1, SHORT.work).expect("a pool");
            let stuck = async || {
                let (open, gate) = channel::<()>();
                let work = pool.run((), SHORT, move || gate.recv().is_ok());
                assert_eq!(work.await, Err(Lost::Slow));
                open
            };
            let first = stuck().await;
            assert_eq!(pool.run((), LONG, || 1).await, Ok(1));
            let second = stuck().await;
            // Every thread is replaced once at most.
            assert_eq!(pool.run((), HURRIED, || 1).await, Err(Lost::Waited));
            assert_eq!((pool.overrun(), pool.crew.roster().threads), (2, 2));
            drop((first, second));
            assert_eq!(pool.run((), LONG, || 1).await, Ok(1));
            while pool.overrun() + pool.crew.roster().threads > 1 {
                thread::yield_now();
            }
        });
    }
}
