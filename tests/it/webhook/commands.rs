//! The commands of an operator.

use serde_json::Value;
use support::{Hub, on_both};

use crate::sync::source::Source;

on_both! {
    async fn an_operator_sees_and_sets_what_is_sent(engine) {
        let source = Source::open(engine).await;
        let hub = Hub::on(&source.database);
        let url = "https://receiver.example.org/nqi?token=x";
        let add = |more: &[&str]| hub.run(&[&["webhook", "add", "credit", url], more].concat());
        let rights = ["--role", "CREDIT_CLIENT", "--region", "320582", "--kinds", "Enterprise,Declaration"];
        let made = add(&rights);
        assert_eq!(made.code, Some(0), "{made:?}");
        let key = made.stdout.split_whitespace().find(|word| word.starts_with("whsec_")).unwrap().to_owned();
        let listed = || {
            let ran = hub.run(&["webhook", "list", "--json"]);
            assert!(!ran.stdout.contains("whsec_") && !ran.stdout.contains(&key), "{ran:?}");
            ran.json_lines()
        };
        let [one] = listed().try_into().unwrap();
        assert_eq!((&one["name"], &one["url"], &one["subject"]), (&"credit".into(), &url.into(), &"credit".into()));
        assert_eq!((&one["batches"], &one["stopped"]), (&0.into(), &Value::Null));
        let place = one["place"].as_str().unwrap().to_owned();
        // The same name again: other rights, the same key.
        let changed = add(&["--role", "STAFF", "--region", "320500", "--only-kinds", "Standard"]);
        assert!(changed.code == Some(0) && !changed.stdout.contains("whsec_"), "{changed:?}");
        assert_eq!(listed()[0]["kinds"], "Standard");
        let rotated = hub.run(&["webhook", "rotate-key", "credit"]);
        assert!(rotated.stdout.contains("whsec_") && !rotated.stdout.contains(&key), "{rotated:?}");
        assert_eq!(listed()[0]["formerKeySigns"], true);
        assert_eq!(hub.run(&["webhook", "rotate-key", "credit", "--settle"]).code, Some(0));
        assert_eq!(hub.run(&["webhook", "resume", "credit"]).code, Some(0));
        assert_eq!(listed()[0]["place"], place.as_str());
        assert_eq!(hub.run(&["webhook", "replay", "credit", "--from", &place]).code, Some(0));
        let refused = hub.run(&["webhook", "replay", "credit", "--from", "nonsense"]);
        assert!(refused.code == Some(1) && refused.stderr.contains("take a snapshot"), "{refused:?}");
        assert_eq!(listed()[0]["place"], place.as_str());
        assert_eq!(hub.run(&["webhook", "replay", "credit", "--from-start"]).code, Some(0));
        assert_eq!(listed()[0]["place"], Value::Null);
        assert_eq!(hub.run(&["webhook", "dead"]).stdout, "");
        for (words, says) in [
            (vec!["add", "Credit", url, "--role", "PUBLIC"], "no name"),
            (vec!["add", "x", "http://receiver.example.org/", "--role", "PUBLIC"], "https://"),
            (vec!["add", "x", "https://me:secret@receiver.example.org/", "--role", "PUBLIC"], "no name or password"),
            (vec!["add", "x", url, "--role", "CREDIT_CLIENT"], "needs region"),
            (vec!["add", "x", url, "--role", "AGGREGATOR", "--region", "320582"], "counts and no rows"),
            (vec!["add", "x", url, "--role", "PUBLIC", "--region", "320582"], "everybody"),
            (vec!["add", "x", url, "--role", "PUBLIC", "--only-kinds", "Thing"], "no kind of record"),
            (vec!["add", "x", url, "--role", "PUBLIC", "--from", "nonsense"], "take a snapshot"),
            (vec!["add", "credit", url, "--role", "STAFF", "--region", "320582", "--subject", "other"], "for another reader"),
            (vec!["replay", "credit", "--dead", "7"], "no dead letter 7"),
            (vec!["replay", "other", "--from-start"], "no webhook"),
            (vec!["resume", "other"], "no webhook"),
            (vec!["remove", "other"], "no webhook"),
            (vec!["rotate-key", "other"], "no webhook"),
        ] {
            let ran = hub.run(&[&["webhook"], words.as_slice()].concat());
            assert_eq!(ran.code, Some(1), "{words:?}: {ran:?}");
            assert!(ran.stderr.contains(says), "{words:?}: {ran:?}");
        }
        assert_eq!(hub.run(&["webhook", "replay", "credit"]).code, Some(2));
        assert_eq!(hub.run(&["webhook", "remove", "credit"]).code, Some(0));
        assert!(listed().is_empty());
        let trail = hub.run(&["verify-log"]);
        assert_eq!(trail.code, Some(0), "{trail:?}");
    }
}
