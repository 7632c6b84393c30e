//! Golden transcripts of the console: every line that begins with `$ ` is run, and what it prints follows it. Errors have
//! `! ` before them, what a program says beside its answer `~ `. `make bless` writes them anew.

use std::fs;
use std::path::PathBuf;

use expect_test::expect_file;
use kubehop::{Config, ConsoleSession, ProxyMode, Simulation};
use kubehop_engine::console::{OutputPiece, here_document_end, programs_and_verbs};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/console")
}

/// The transcripts, each with its name and text.
fn transcripts() -> Vec<(PathBuf, String)> {
    let files = fs::read_dir(folder()).expect("the folder is there");
    let paths = files.map(|file| file.expect("it can be read").path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|own| own == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("it can be read");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// A session in the mode of kube-proxy that the first line of a transcript names: `# ipvs`.
fn session(transcript: &str) -> ConsoleSession {
    let manifest = fs::read_to_string(folder().join("kimho.yaml")).expect("it can be read");
    let mut config = Config::default();
    let first = transcript.lines().next().unwrap_or_default();
    let mode = first.strip_prefix("# ").and_then(ProxyMode::named);
    config.proxy.mode = mode.unwrap_or_default();
    ConsoleSession::new(Simulation::open(&manifest, &config))
}

#[test]
fn every_line_prints_what_its_transcript_says() {
    for (path, text) in transcripts() {
        let mut session = session(&text);
        let mut run = String::new();
        let comments = text.lines().take_while(|line| !line.starts_with('$'));
        run.extend(comments.map(|line| format!("{line}\n")));
        let mut lines = text.lines();
        while let Some(line) = lines.find(|line| line.starts_with('$')) {
            let mut line = line.to_owned();
            if let Some(end) = here_document_end(&line).map(str::to_owned) {
                let body = lines.by_ref().take_while(|own| *own != end);
                line = body.fold(line, |line, own| format!("{line}\n{own}")) + "\n" + &end;
            }
            run += &format!("{line}\n");
            let answer = session.run(&line);
            for piece in answer.pieces() {
                let mark = match piece {
                    OutputPiece::Answer(_) => "",
                    OutputPiece::Note(_) => "~ ",
                    OutputPiece::Error(_) => "! ",
                };
                let lines = piece.text().lines();
                run.extend(lines.map(|line| format!("{mark}{line}\n")));
            }
            if answer.status != 0 {
                run += &format!("[exit {}]\n", answer.status);
            }
        }
        expect_file![path].assert_eq(&run);
    }
}

#[test]
fn every_program_and_verb_has_a_transcript() {
    let all: String = transcripts().into_iter().map(|(_, text)| text).collect();
    let typed: Vec<&str> = all
        .lines()
        .filter(|line| line.starts_with("$ "))
        .flat_map(|line| line.split([' ', '\'']))
        .collect();
    let (programs, verbs) = programs_and_verbs();
    for name in programs.iter().chain(&verbs) {
        assert!(typed.contains(name), "{name} is in no transcript");
    }
}

#[test]
fn a_change_and_a_connection_are_found_by_the_next_line() {
    let mut session = session("");
    let before = session.run("kubectl get pods --no-headers | wc -l").stdout;
    assert_eq!(
        session
            .run("kubectl scale deploy kimho --replicas=5")
            .status,
        0
    );
    let after = session.run("kubectl get pods --no-headers | wc -l").stdout;
    assert_eq!((before.trim(), after.trim()), ("4", "7"));
}

/// `recorded/` has what iptables 1.8.9 lists of the rules of node-1, loaded into a kernel.
#[test]
fn iptables_lists_rules_as_the_real_one_does() {
    let recorded = |name: &str| {
        let path = folder().join("recorded").join(name);
        fs::read_to_string(path).expect("it can be read")
    };
    let manifest = recorded("services.yaml");
    let mut session = ConsoleSession::new(Simulation::open(&manifest, &Config::default()));
    for (table, file) in [("nat", "nat.txt"), ("filter", "filter.txt")] {
        let answer = session.run(&format!("ssh node-1 iptables -t {table} -L -n"));
        assert_eq!(answer.stdout, recorded(file), "{table}: {}", answer.stderr);
    }
}
