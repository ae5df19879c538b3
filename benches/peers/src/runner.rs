//! A reader in a process of its own, so that one that hangs or dies can be gone on without.

use std::hint::black_box;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use crate::pages::Page;
use crate::{PATIENCE, READERS, Reader, Times};

/// Times that each page is read.
pub(crate) const ROUNDS: usize = 5;
/// A page that takes longer is read once.
const SLOW: Duration = Duration::from_secs(1);
/// Marks the arguments of a child.
const CHILD: &str = "--child";

/// What a child is asked for: the reader, the page to begin with, the folders.
pub(crate) fn asked(args: &[String]) -> Option<(Reader, usize, &[String])> {
    let [mark, reader, first, folders @ ..] = args else { return None };
    let (_, reader) = READERS.get(reader.parse::<usize>().ok()?)?;
    (mark == CHILD).then_some((*reader, first.parse().ok()?, folders))
}

/// Reads the pages from `first` on; a line a page: its number and nanoseconds.
pub(crate) fn run(reader: Reader, first: usize, pages: &[Page]) {
    for (at, page) in pages.iter().enumerate().skip(first) {
        let mut fastest = time(reader, page);
        for _ in 1..ROUNDS {
            if fastest < SLOW {
                fastest = fastest.min(time(reader, page));
            }
        }
        println!("{at} {}", fastest.as_nanos());
        let _ = std::io::stdout().flush();
    }
}

/// Time on the core, so that other work on the machine counts less.
fn time(reader: Reader, page: &Page) -> Duration {
    let start = on_core();
    black_box(reader(black_box(page)));
    on_core().saturating_sub(start)
}

fn on_core() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}

/// The times of a reader over all pages, without those on which it died or took too long.
pub(crate) fn measure(reader: usize, folders: &[String], pages: usize) -> Times {
    let mut times = Times::new();
    let mut next = 0;
    while next < pages {
        let (mut child, lines) = start(reader, next, folders);
        // The pages have to be loaded before the first line.
        let mut patience = PATIENCE * 2;
        while let Ok((page, time)) = lines.recv_timeout(patience + SLOW * ROUNDS as u32) {
            if Duration::from_nanos(time) <= PATIENCE {
                times.insert(page, time);
            }
            (next, patience) = (page + 1, PATIENCE);
        }
        let _ = child.kill();
        let _ = child.wait();
        // The page without a line is left out.
        next += usize::from(next < pages);
    }
    times
}

fn start(reader: usize, first: usize, folders: &[String]) -> (Child, Receiver<(usize, u64)>) {
    let itself = std::env::current_exe().expect("a path");
    let mut child = Command::new(itself)
        .args([CHILD, &reader.to_string(), &first.to_string()])
        .args(folders)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let number =
                line.split_once(' ').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
            if number.is_none_or(|number| sender.send(number).is_err()) {
                return;
            }
        }
    });
    (child, receiver)
}
