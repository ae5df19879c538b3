//! Log lines on standard error. They hold no text of articles.

use std::io;

use crate::config::LogFormat;

/// Sets up the log for this process. A log that is set up already stays.
pub(crate) fn start(format: LogFormat) {
    let builder = tracing_subscriber::fmt().with_writer(io::stderr).with_target(false);
    let _ = match format {
        LogFormat::Json => {
            let builder = builder.json().flatten_event(true).with_current_span(true);
            builder.with_span_list(false).with_max_level(tracing::Level::INFO).try_init()
        }
        LogFormat::Text => {
            builder.compact().with_ansi(false).with_max_level(tracing::Level::INFO).try_init()
        }
    };
}
