//! The threads that read pages, and who may hand them work.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::timeout;

/// Niceness of the workers: the threads that answer `/healthz` go first.
const NICENESS: i32 = 10;

type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads and one queue. A page cannot be given up half-way, so there are never
/// more threads than the machine has processors; what waits is bounded by [`Gate`].
#[derive(Debug)]
pub(crate) struct Pool {
    jobs: Sender<Job>,
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
    pub(crate) fn new(workers: usize) -> io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        for n in 0..workers {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name(format!("news-worker-{n}")).spawn(move || work(&queue))?;
        }
        Ok(Self { jobs })
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
        let job = Box::new(move || {
            if reply.is_closed() {
                return;
            }
            let _ = begin.send(());
            // A panic is a fault of ours; the worker goes on, and the asker is told.
            let result = catch_unwind(AssertUnwindSafe(work));
            drop(ticket);
            let _ = reply.send(result);
        });
        if self.jobs.send(job).is_err() {
            return Err(Lost::Panicked);
        }
        // Dropping `result` takes the job out of the queue.
        timeout(limits.queue, begun)
            .await
            .map_err(|_| Lost::Waited)?
            .map_err(|_| Lost::Panicked)?;
        match timeout(limits.work, result).await {
            Ok(Ok(Ok(result))) => Ok(result),
            Ok(Ok(Err(_)) | Err(_)) => Err(Lost::Panicked),
            Err(_) => Err(Lost::Slow),
        }
    }
}

fn work(queue: &Mutex<Receiver<Job>>) {
    // A machine that does not let us be nice is no reason to refuse work.
    let _ = rustix::process::nice(NICENESS);
    loop {
        let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match job {
            Ok(job) => job(),
            Err(_) => return,
        }
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
            let pool = Pool::new(1).expect("a pool");
            let lost = pool.run((), LONG, || panic!("on purpose")).await;
            assert_eq!(lost, Err::<(), _>(Lost::Panicked));
            assert_eq!(pool.run((), LONG, || 7).await, Ok(7));
        });
    }

    #[test]
    fn work_that_nobody_waits_for_is_not_begun() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let pool = Pool::new(1).expect("a pool");
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
}
