//! Counters, and their page in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the latency buckets, in seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Every metric: name, type, meaning.
pub const METRICS: &[(&str, &str, &str)] = &[
    ("news_requests_total", "counter", "Requests answered, by route and status"),
    ("news_request_seconds", "histogram", "Time until the head of the answer, by route"),
    ("news_refusals_total", "counter", "Problems answered, by code; lines of batches included"),
    ("news_verdicts_total", "counter", "Pages read, by the kind that the verdict names"),
    ("news_batch_lines_total", "counter", "Lines of batches, by outcome"),
    ("news_received_bytes_total", "counter", "Bytes of bodies received, as sent"),
    ("news_sent_bytes_total", "counter", "Bytes of bodies sent, as sent"),
    ("news_requests_in_flight", "gauge", "Requests being answered"),
    ("news_connections", "gauge", "Connections open"),
    ("news_queue_depth", "gauge", "Requests that hold a place: waiting or worked on"),
    ("news_body_bytes", "gauge", "Bytes of bodies held"),
    (
        "news_workers_overrun",
        "gauge",
        "Workers on a page for longer than work_timeout, or for a client that left",
    ),
];

/// All counters.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    requests: Counters,
    seconds: Mutex<BTreeMap<String, Histogram>>,
    refusals: Counters,
    verdicts: Counters,
    lines: Counters,
    received: AtomicU64,
    sent: AtomicU64,
    in_flight: AtomicU64,
    connections: AtomicU64,
}

/// Counters by their labels, as they are written between braces.
#[derive(Debug, Default)]
struct Counters(Mutex<BTreeMap<String, u64>>);

impl Counters {
    fn add(&self, labels: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(labels).or_default() += 1;
    }

    fn write(&self, name: &str, out: &mut String) {
        for (labels, n) in &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = writeln!(out, "{name}{{{labels}}} {n}");
        }
    }
}

#[derive(Debug, Default, Clone)]
struct Histogram {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

/// Counts one while it lives.
#[derive(Debug)]
pub(crate) struct Present<'a>(&'a AtomicU64);

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn enter(gauge: &AtomicU64) -> Present<'_> {
    gauge.fetch_add(1, Ordering::Relaxed);
    Present(gauge)
}

impl Metrics {
    /// A request was answered. `route` is its pattern, never its path, so that there are few.
    pub(crate) fn answered(&self, route: &str, status: u16, took: Duration) {
        self.requests.add(format!("route=\"{route}\",status=\"{status}\""));
        let mut all = self.seconds.lock().unwrap_or_else(PoisonError::into_inner);
        let histogram = all.entry(route.to_owned()).or_default();
        let seconds = took.as_secs_f64();
        histogram.count += 1;
        histogram.sum += seconds;
        for (bucket, bound) in histogram.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
    }

    pub(crate) fn refused(&self, code: &str) {
        self.refusals.add(format!("code=\"{code}\""));
    }

    pub(crate) fn judged(&self, verdict: &str) {
        self.verdicts.add(format!("kind=\"{verdict}\""));
    }

    pub(crate) fn line(&self, outcome: &str) {
        self.lines.add(format!("outcome=\"{outcome}\""));
    }

    pub(crate) fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn sent(&self, bytes: u64) {
        self.sent.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn request(&self) -> Present<'_> {
        enter(&self.in_flight)
    }

    pub(crate) fn connection(&self) -> Present<'_> {
        enter(&self.connections)
    }

    /// The page. The levels are those of the queue, of the bytes of bodies and of the workers that
    /// take too long.
    pub(crate) fn page(&self, levels: [usize; 3]) -> String {
        let [queue_depth, body_bytes, overrun] = levels;
        let mut out = String::new();
        for (name, kind, meaning) in METRICS {
            let _ = writeln!(out, "# HELP {name} {meaning}\n# TYPE {name} {kind}");
            let one = |value: u64, out: &mut String| {
                let _ = writeln!(out, "{name} {value}");
            };
            match *name {
                "news_requests_total" => self.requests.write(name, &mut out),
                "news_request_seconds" => self.write_seconds(name, &mut out),
                "news_refusals_total" => self.refusals.write(name, &mut out),
                "news_verdicts_total" => self.verdicts.write(name, &mut out),
                "news_batch_lines_total" => self.lines.write(name, &mut out),
                "news_received_bytes_total" => one(self.received.load(Ordering::Relaxed), &mut out),
                "news_sent_bytes_total" => one(self.sent.load(Ordering::Relaxed), &mut out),
                "news_requests_in_flight" => one(self.in_flight.load(Ordering::Relaxed), &mut out),
                "news_connections" => one(self.connections.load(Ordering::Relaxed), &mut out),
                "news_queue_depth" => one(queue_depth as u64, &mut out),
                "news_body_bytes" => one(body_bytes as u64, &mut out),
                _ => one(overrun as u64, &mut out),
            }
        }
        out
    }

    fn write_seconds(&self, name: &str, out: &mut String) {
        for (route, h) in &*self.seconds.lock().unwrap_or_else(PoisonError::into_inner) {
            for (bound, n) in BOUNDS.iter().zip(h.buckets) {
                let _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"{bound}\"}} {n}");
            }
            let _ = writeln!(out, "{name}_bucket{{route=\"{route}\",le=\"+Inf\"}} {}", h.count);
            let _ = writeln!(out, "{name}_sum{{route=\"{route}\"}} {}", h.sum);
            let _ = writeln!(out, "{name}_count{{route=\"{route}\"}} {}", h.count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_has_every_metric() {
        let metrics = Metrics::default();
        metrics.answered("/v1/schema", 200, Duration::from_millis(3));
        metrics.refused("busy");
        metrics.judged("news_story");
        metrics.line("read");
        let _here = metrics.request();
        let page = metrics.page([4, 1024, 1]);
        for line in [
            "news_requests_total{route=\"/v1/schema\",status=\"200\"} 1",
            "news_request_seconds_bucket{route=\"/v1/schema\",le=\"0.0025\"} 0",
            "news_request_seconds_bucket{route=\"/v1/schema\",le=\"0.005\"} 1",
            "news_request_seconds_count{route=\"/v1/schema\"} 1",
            "news_refusals_total{code=\"busy\"} 1",
            "news_verdicts_total{kind=\"news_story\"} 1",
            "news_requests_in_flight 1",
            "news_queue_depth 4",
            "news_body_bytes 1024",
            "news_workers_overrun 1",
        ] {
            assert!(page.lines().any(|l| l == line), "{line}\n{page}");
        }
    }
}
