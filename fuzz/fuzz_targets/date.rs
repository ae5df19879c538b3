#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| news_tests::targets::date(data));
