//! The binary as a shell sees it.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A page whose only headline and paragraphs are these.
fn page(headline: &str) -> String {
    let prose =
        "The council met on Monday and decided, after four hours of debate, to build the bridge. ";
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{headline}</title></head><body><article><h1>{headline}</h1>\
         <p>{headline} begins here. {0}</p><p>{0}{0}</p><p>{0}{0}</p></article></body></html>",
        prose.repeat(2),
    )
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).expect("packed");
    packer.finish().expect("packed")
}

/// A folder of its own for a test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    /// Runs `news` in the folder.
    fn news(&self, args: &[&str]) -> Outcome {
        self.news_with(args, b"")
    }

    fn news_with(&self, args: &[&str], stdin: &[u8]) -> Outcome {
        let mut command = assert_cmd::Command::cargo_bin("news").expect("the binary");
        let output = command.current_dir(self.0.path()).args(args).write_stdin(stdin).output();
        Outcome::of(&output.expect("it runs"))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("news"));
        command.current_dir(self.0.path());
        command
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Outcome {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Went well and had nothing to say.
    fn fine(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    fn json(self) -> Value {
        serde_json::from_str(&self.fine()).expect("JSON")
    }

    fn lines(self) -> Vec<Value> {
        self.fine().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// Failed with this code and message, and gave nothing.
    fn fails(self, code: i32, message: &str) {
        assert_eq!((self.code, self.out.as_str()), (Some(code), ""), "{}", self.err);
        assert_eq!(self.err, message);
    }
}

#[test]
fn help() {
    insta::assert_snapshot!("help", Folder::new().news(&["--help"]).fine());
    insta::assert_snapshot!("help_extract", Folder::new().news(&["extract", "--help"]).fine());
}

#[test]
fn a_page_is_json_where_it_is_piped() {
    let folder = Folder::new();
    folder.file("a.html", page("One"));
    for args in [&["extract", "a.html"][..], &["a.html"], &["--color", "never", "a.html"]] {
        let json: Value = serde_json::from_str(&folder.news(args).fine()).expect("JSON");
        assert_eq!(json["metadata"]["headline"]["value"], "One");
        assert_eq!(json.get("input"), None);
    }
}

#[test]
fn standard_input_is_read_by_dash_or_when_piped() {
    let folder = Folder::new();
    let page = page("Piped");
    for args in [&["-"][..], &[], &["extract"], &["extract", "-", "--url", "https://a.example/b"]] {
        let json: Value =
            serde_json::from_str(&folder.news_with(args, page.as_bytes()).fine()).expect("JSON");
        assert_eq!(json["metadata"]["headline"]["value"], "Piped");
    }
}

#[test]
fn folders_are_read_in_order_whatever_the_jobs() {
    let folder = Folder::new();
    for i in 0..40 {
        folder.file(&format!("in/{}/{i:02}.html", i % 3), page(&format!("Story {i:02}")));
    }
    folder.file("in/0/notes.pdf", "no page").file("in/1/readme.md", "no page");
    folder.file("in/2/z.htm.gz", gzip(&page("Packed")));
    let one = folder.news(&["in", "-j1", "--fields", "headline"]).lines();
    let four = folder.news(&["in", "-j4", "--fields", "headline"]).lines();
    assert_eq!(one, four);
    let mut names: Vec<_> = (0..40).map(|i| format!("in/{}/{i:02}.html", i % 3)).collect();
    names.push("in/2/z.htm.gz".to_owned());
    names.sort();
    assert_eq!(
        one.iter().map(|line| line["input"].as_str().expect("a name")).collect::<Vec<_>>(),
        names
    );
    assert_eq!(one[40]["headline"], "Packed");
}

#[test]
fn several_inputs_are_one_line_each() {
    let folder = Folder::new();
    folder.file("b.html", page("B")).file("a.html", page("A"));
    for format in [&[][..], &["--format", "json"], &["--format", "jsonl"]] {
        let args = [&["b.html", "a.html", "--fields", "headline,kind"], format].concat();
        let lines = folder.news(&args).lines();
        assert_eq!(
            lines[0],
            serde_json::json!({ "input": "b.html", "headline": "B", "kind": lines[0]["kind"] })
        );
        assert_eq!(lines.len(), 2);
    }
    let text = folder.news(&["a.html", "b.html", "--format", "text"]).fine();
    assert_eq!(text.matches(" begins here.").count(), 2);
}

#[test]
fn fields_are_checked() {
    let folder = Folder::new();
    folder.file("a.html", page("A"));
    let out = folder.news(&[
        "a.html",
        "--format",
        "ndjson",
        "--fields",
        "headline,metadata.headline.origin.place",
    ]);
    let line = &out.lines()[0];
    assert_eq!(line["headline"], "A");
    assert!(line["metadata"]["headline"]["origin"]["place"].is_string());
    let wrong = folder.news(&["a.html", "--fields", "headlin"]);
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.err.contains("no field \"headlin\"") && wrong.err.contains("headline"),
        "{}",
        wrong.err
    );
    assert_eq!(folder.news(&["a.html", "--fields", "text", "--format", "html"]).code, Some(2));
}

#[test]
fn explain_adds_the_trace() {
    let folder = Folder::new();
    folder.file("a.html", page("A"));
    let json: Value =
        serde_json::from_str(&folder.news(&["a.html", "--explain"]).fine()).expect("JSON");
    assert!(json["trace"]["decisions"].as_array().is_some_and(|all| !all.is_empty()));
    assert_eq!(folder.news(&["a.html", "--explain", "--format", "text"]).code, Some(2));
}

#[test]
fn output_goes_to_a_file_or_mirrors_a_folder() {
    let folder = Folder::new();
    folder.file("in/a.html", page("A")).file("in/sub/b.htm.gz", gzip(&page("B")));
    assert_eq!(folder.news(&["in", "-o", "out/", "--format", "markdown"]).fine(), "");
    assert!(folder.read("out/a.md").starts_with("# A\n"));
    assert!(folder.read("out/sub/b.md").starts_with("# B\n"));
    assert_eq!(folder.news(&["in/a.html", "-o", "a.md"]).fine(), "");
    assert_eq!(folder.read("a.md"), folder.read("out/a.md"));
    assert_eq!(folder.news(&["in", "-o", "all.ndjson"]).fine(), "");
    assert_eq!(folder.read("all.ndjson").lines().count(), 2);
    assert_eq!(folder.news(&["in", "-o", "xml/", "--format", "nitf"]).fine(), "");
    assert!(folder.read("xml/sub/b.nitf").ends_with("</nitf>\n"));
    assert_eq!(folder.news(&["in", "-o", "json/"]).fine(), "");
    let whole: Value = serde_json::from_str(&folder.read("json/a.json")).expect("JSON");
    assert!(whole.get("input").is_none() && folder.read("json/a.json").lines().count() > 10);
    let left: Vec<_> = fs::read_dir(folder.path("out"))
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name())
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn no_result_replaces_another_or_its_page() {
    let folder = Folder::new();
    folder.file("x/a.html", page("A")).file("y/a.html", page("B")).file("z/a.html", page("C"));
    let clash = folder.news(&["x/a.html", "y/a.html", "-o", "out/"]);
    assert_eq!(clash.code, Some(3));
    assert!(clash.err.contains("y/a.html and an earlier input would both be"), "{}", clash.err);
    let itself = folder.news(&["z", "-o", "z/", "--format", "html"]);
    assert_eq!(itself.code, Some(3));
    assert_eq!(folder.news(&["z/a.html", "-o", "z/a.html"]).code, Some(2));
    assert_eq!(folder.read("z/a.html"), page("C"));
}

#[test]
fn what_holds_no_article_is_exit_1() {
    let folder = Folder::new();
    let empty_page = "<html><body><nav><a href=/>Home</a></nav></body></html>";
    let outcome = folder.file("a.html", empty_page).news(&["a.html"]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.err.starts_with("warning: a.html: no "), "{}", outcome.err);
    assert!(serde_json::from_str::<Value>(&outcome.out).is_ok());
}

#[test]
fn what_cannot_be_read_is_exit_3() {
    let folder = Folder::new();
    folder
        .file("empty.html", "")
        .file("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .file("cut.html.gz", &gzip(&page("A"))[..40]);
    fs::create_dir(folder.path("nothing")).expect("a folder");
    folder
        .news(&["empty.html"])
        .fails(3, "error: empty.html: the input is empty: nothing to read\n");
    folder
        .news_with(&["-"], b"")
        .fails(3, "error: standard input: the input is empty: nothing to read\n");
    folder
        .news(&["a.png"])
        .fails(3, "error: a.png: the input is no page or text: it looks like a PNG picture\n");
    folder.news(&["no.html"]).fails(3, "error: no.html: no such file or folder\n");
    folder.news(&["nothing"]).fails(
        3,
        "error: nothing: holds no pages (*.html, *.htm, *.xhtml, *.txt, each also .gz)\n",
    );
    folder
        .news(&["ftp://a.example/"])
        .fails(3, "error: ftp://a.example/: is an address, but not of http or https\n");
    let cut = folder.news(&["cut.html.gz"]);
    assert!(
        cut.code == Some(3) && cut.err.starts_with("error: cut.html.gz: is no whole gzip file"),
        "{cut:?}"
    );
    let endless = folder.news(&["/dev/zero"]);
    endless.fails(3, "error: /dev/zero: is larger than the limit of 32 MiB\n");
}

/// A site on this machine that gives one page to every path but robots.txt.
fn site(page: String) -> std::net::SocketAddr {
    use std::io::{BufRead, BufReader, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let lines = BufReader::new(stream.try_clone().expect("a handle")).lines();
            let head: Vec<_> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
            let answer = if head[0].starts_with("GET /robots.txt ") {
                "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_owned()
            } else {
                let kind = "content-type: text/html; charset=utf-8";
                format!("HTTP/1.1 200 OK\r\n{kind}\r\ncontent-length: {}\r\n\r\n{page}", page.len())
            };
            stream.write_all(answer.as_bytes()).expect("written");
        }
    });
    address
}

#[test]
fn addresses_are_fetched() {
    let folder = Folder::new();
    let url = format!("http://{}/2024/05/02/a", site(page("A")));
    let outcome = folder.news(&[&url, "--allow-private", "--fields", "headline,published"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.err);
    let article: Value = serde_json::from_str(&outcome.out).expect("JSON");
    assert_eq!((&article["headline"], &article["published"]), (&"A".into(), &"2024-05-02".into()));
    folder.news(&[&url]).fails(
        3,
        &format!(
            "error: {url}: is not known, or not public (--allow-private fetches it all the same)\n"
        ),
    );
    // Messages keep passwords to themselves.
    folder.news(&[&format!("{url}/missing").replace("http://", "http://me:secret@")]).fails(
        3,
        &format!("error: {url}/missing: not an http or https address that can be fetched\n"),
    );
}

#[test]
fn a_failure_does_not_stop_the_others() {
    let folder = Folder::new();
    folder.file("in/a.html", page("A")).file("in/b.html", "").file("in/c.html", page("C"));
    let outcome = folder.news(&["in", "missing.html", "-j2", "--fields", "headline"]);
    assert_eq!(outcome.code, Some(3));
    assert_eq!(outcome.err.lines().count(), 2, "{}", outcome.err);
    let headlines: Vec<Value> =
        outcome.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(headlines.iter().map(|line| &line["headline"]).collect::<Vec<_>>(), ["A", "C"]);
}

#[test]
fn flags_that_make_no_sense_are_exit_2() {
    let folder = Folder::new();
    folder.file("a.html", page("A")).file("b.html", page("B"));
    for args in [
        &["a.html", "--format", "pdf"][..],
        &["a.html", "--colour"],
        &["a.html", "-j0"],
        &["a.html", "--url", "file:///etc/passwd"],
        &["a.html", "--charset", "klingon"],
        &["a.html", "--content-type", "html"],
        &["a.html", "--fetched-at", "yesterday"],
        &["a.html", "--language", "?"],
        &["a.html", "b.html", "--url", "https://a.example/"],
        &["a.html", "b.html", "--format", "tei"],
        &["-", "-"],
        &["inspect", "a.html", "b.html"],
        &["eval"],
    ] {
        let outcome = folder.news(args);
        assert_eq!((outcome.code, outcome.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(outcome.err.starts_with("error: "), "{args:?} {}", outcome.err);
    }
}

#[test]
fn names_do_not_act_on_the_terminal() {
    let outcome = Folder::new().news(&["no-\u{1b}[31mred\u{7}.html"]);
    outcome.fails(3, "error: no-\\u{1b}[31mred\\u{7}.html: no such file or folder\n");
}

#[cfg(unix)]
#[test]
fn folders_hold_traps() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    folder
        .file("in/a.html", page("A"))
        .file("in/sub/b.html", page("B"))
        .file("out.html", page("Outside"));
    symlink("/dev/zero", folder.path("in/zero.html")).expect("a link");
    symlink("../out.html", folder.path("in/out.html")).expect("a link");
    symlink("/no/such/file", folder.path("in/broken.html")).expect("a link");
    symlink(".", folder.path("in/loop")).expect("a link");
    symlink("sub/b.html", folder.path("in/within.html")).expect("a link");
    let made = Command::new("mkfifo").arg(folder.path("in/pipe.html")).status();
    assert!(made.is_ok_and(|status| status.success()));
    let outcome = folder.news(&["in", "--fields", "headline"]);
    assert_eq!(outcome.code, Some(0));
    let mut notes: Vec<_> = outcome.err.lines().collect();
    notes.sort_unstable();
    assert_eq!(
        notes,
        [
            "note: in/broken.html is passed over: a link that leads nowhere",
            "note: in/out.html is passed over: a link out of the folder",
            "note: in/pipe.html is passed over: not a regular file",
            "note: in/zero.html is passed over: a link out of the folder",
        ]
    );
    let inputs: Vec<Value> =
        outcome.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let inputs: Vec<_> =
        inputs.iter().map(|line| line["input"].as_str().expect("a name")).collect();
    assert_eq!(inputs, ["in/a.html", "in/sub/b.html", "in/within.html"]);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new();
    for i in 0..50 {
        folder.file(&format!("in/{i}.html"), page("A").repeat(20));
    }
    let mut child = folder
        .command()
        .args(["in", "-j2"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 10];
    child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
    let outcome = Outcome::of(&child.wait_with_output().expect("it ends"));
    assert_eq!(outcome, Outcome { code: Some(0), out: String::new(), err: String::new() });
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = Folder::new();
    folder.file("a.html", page("A"));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("the device");
    let output = folder.command().arg("a.html").stdout(full).output().expect("it runs");
    let outcome = Outcome::of(&output);
    assert_eq!(outcome.code, Some(3));
    assert_eq!(
        outcome.err,
        "error: cannot write to standard output: No space left on device (os error 28)\n"
    );
    let to_file = folder.news(&["a.html", "-o", "/dev/full"]);
    assert_eq!(
        to_file.err,
        "error: cannot write /dev/full: No space left on device (os error 28)\n"
    );
    assert_eq!(to_file.code, Some(3));
}

#[test]
fn inspect_shows_fields_and_blocks() {
    let folder = Folder::new();
    folder.file("a.html", page("A"));
    let table = folder.news(&["inspect", "a.html"]).fine();
    assert!(table.starts_with("kind "), "{table}");
    assert!(table.contains("\nheadline             A  "), "{table}");
    assert!(table.contains("\nkept    "), "{table}");
    assert!(!table.contains('\u{1b}'));
    let coloured = folder.news(&["inspect", "a.html", "--color", "always"]).fine();
    assert!(coloured.contains("\u{1b}[1m"));
    folder.news(&["inspect", "no.html"]).fails(3, "error: no.html: no such file or folder\n");
}

#[test]
fn read_gives_the_reading_alone() {
    let folder = Folder::new();
    let story = "Bridge closes\n\nOSLO, May 3 (AP) — It was Übung. The bridge shut on Thursday.\n\n\
                 It stays so for two weeks, the city said. Nobody was hurt in the fall.\n";
    let out = folder.news_with(&["read", "-", "--written", "2024-05-04"], story.as_bytes());
    let read = out.json();
    let said = |span: &Value| {
        let text = read["texts"][span["block"].as_u64().expect("a block") as usize].as_str();
        let (start, end) = (span["start"].as_u64(), span["end"].as_u64());
        let start = start.expect("a start") as usize;
        let len = end.expect("an end") as usize - start;
        text.expect("a text").chars().skip(start).take(len).collect::<String>()
    };
    let reading = &read["reading"];
    let sentences: Vec<_> = reading["sentences"].as_array().expect("a list").iter().collect();
    assert!(sentences.iter().any(|span| said(span) == "The bridge shut on Thursday."));
    let times = reading["times"].as_array().expect("a list");
    let values: Vec<_> = times.iter().map(|time| (said(time), time["value"].clone())).collect();
    assert!(values.contains(&("Thursday".to_owned(), "2024-05-02".into())), "{values:?}");
    assert!(values.contains(&("two weeks".to_owned(), "P2W".into())), "{values:?}");

    let out = folder.news_with(&["read", "--as-is", "-"], story.as_bytes());
    assert_eq!(out.json()["texts"][0], story);
}

#[test]
fn quotes_are_a_table() {
    let folder = Folder::new();
    let story = "\"We sold the piano,\" said Marla Tenney, chairwoman of the school board. \
                 \"Nobody | played it.\"\n\nThe town said that it would pay.\n";
    let out = folder.news_with(&["quotes", "--as-is", "-"], story.as_bytes()).fine();
    assert!(out.starts_with("Marla Tenney, chairwoman of the school board (say)\n"), "{out}");
    assert!(!out.contains("would pay"), "{out}");
    let out = folder.news_with(&["quotes", "--all", "--as-is", "-"], story.as_bytes()).fine();
    assert!(out.contains("would pay"), "{out}");
    let format = |name| {
        let args = ["quotes", "--as-is", "--format", name, "-"];
        folder.news_with(&args, story.as_bytes()).fine()
    };
    assert!(format("markdown").contains("| Marla Tenney | chairwoman of the school board | "));
    assert!(format("markdown").contains("Nobody \\| played it."));
    let csv = format("csv");
    assert!(csv.starts_with("\"input\",\"speaker\",\"mention\",\"role\","), "{csv}");
    assert!(csv.contains("\"\",\"Marla Tenney\",\"Marla Tenney, chairwoman"), "{csv}");
    let args = ["quotes", "--as-is", "--format", "json", "-"];
    let json = folder.news_with(&args, story.as_bytes()).json();
    assert_eq!(json["quotes"][0]["speaker"], "Marla Tenney", "{json}");
    assert_eq!(json["quotes"][0]["kind"], "direct");
}

#[test]
fn no_page_was_published_tomorrow() {
    let folder = Folder::new();
    let page = |day: &str| {
        let story = "<p>The council voted on Tuesday to keep the old mill open for a year.</p>";
        let meta = format!("<meta property=\"article:published_time\" content=\"{day}\">");
        let page = format!("{meta}<article><h1>Mill stays</h1>{}</article>", story.repeat(3));
        folder.news_with(&["--format", "json", "-"], page.as_bytes()).json()
    };
    assert_eq!(page("2024-05-02")["metadata"]["published"]["value"], "2024-05-02");
    assert!(page("2399-05-02")["metadata"]["published"].is_null());
}

#[test]
fn input_is_read_as_what_it_is_said_to_be() {
    let folder = Folder::new();
    let text = "<b>The council</b> met on Monday and decided to build the bridge after all.";
    let out = folder.news_with(&["--input", "text", "--any-page", "-"], text.as_bytes());
    assert_eq!(out.json()["body_origin"], "text");
    let out = folder.news_with(&["--input", "html", "--any-page", "-"], text.as_bytes());
    assert_eq!(out.json()["body_origin"], "markup");
}

#[test]
fn schema_is_the_committed_one() {
    let committed =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/article.schema.json");
    assert_eq!(
        Folder::new().news(&["schema"]).fine(),
        fs::read_to_string(committed).expect("the schema")
    );
}

#[test]
fn completions_and_man_pages() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(folder.news(&["completions", shell]).fine().contains("offset-unit"), "{shell}");
    }
    assert_eq!(folder.news(&["man", "man"]).fine(), "");
    assert!(folder.read("man/news-extract.1").contains("offset"));
    assert!(folder.read("man/news.1").contains("Exit codes"));
}

#[test]
fn eval_runs_the_engine_and_scores_predictions() {
    let folder = Folder::new();
    let gold = |id: &str, charset: &str| {
        format!(
            "{{\"id\":\"{id}\",\"page\":\"pages/{id}.html.gz\",\"url\":\"https://a.example/{id}\",\"charset\":{charset},\"title\":\"{id}\",\"body\":\"x\"}}\n"
        )
    };
    folder
        .file("set/pages/a.html.gz", gzip(&page("a")))
        .file("set/pages/b.html.gz", gzip(&page("b")));
    folder.file(
        "set/gold.jsonl",
        gold("a", "null") + &gold("b", "\"utf-8\"") + &gold("gone", "null"),
    );
    let args = [
        "eval",
        "set",
        "--no-rouge",
        "--json",
        "--write-predictions",
        "p.jsonl",
        "--per-page",
        "t.tsv",
    ];
    let report: Value = serde_json::from_str(&folder.news(&args).fine()).expect("JSON");
    let predictions = folder.read("p.jsonl");
    assert_eq!(predictions.lines().count(), 3);
    let first: Value =
        serde_json::from_str(predictions.lines().next().expect("a line")).expect("JSON");
    assert!(
        first["id"] == "a"
            && first["title"] == "a"
            && first["seconds"].is_f64()
            && first["error"].is_null(),
        "{first}"
    );
    assert!(predictions.contains("cannot read set/pages/gone.html.gz"), "{predictions}");
    assert_eq!(folder.read("t.tsv").lines().count(), 4);
    let again: Value = serde_json::from_str(
        &folder.news(&["eval", "set", "--no-rouge", "--json", "--pred", "p.jsonl"]).fine(),
    )
    .expect("JSON");
    assert_eq!(report.get("title"), again.get("title"));
    folder.news(&["eval", "none", "--no-rouge"]).fails(
        3,
        "error: cannot score none: cannot read none: No such file or directory (os error 2)\n",
    );
}
