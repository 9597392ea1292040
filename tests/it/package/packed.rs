//! A package that comes compressed: an archive with one XML file.

use std::io::{Cursor, Write};

use support::{Hub, TestDatabase, on_both};
use zip::write::SimpleFileOptions;

use super::enterprises;

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

on_both! {
    async fn it_is_taken_like_the_file_inside(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = enterprises("B-1", 3);
        let path = database.write("package.zip", packed(&[("package.xml", text.as_bytes())]));
        let ran = hub.ingest("enterprise-register", &path, &[]);
        assert_eq!((ran.code, ran.json()["created"].as_i64()), (Some(0), Some(3)), "{ran:?}");

        let (gbk, _, _) = encoding_rs::GBK.encode(&text);
        let path = database.write("gbk.zip", packed(&[("PACKAGE.XML", gbk.as_ref())]));
        // The same batch in other bytes: refused by its number, so it was read.
        let ran = hub.ingest("enterprise-register", &path, &[]);
        assert!(ran.stderr.contains("batch B-1 was accepted before"), "{ran:?}");
    }

    async fn other_archives_are_refused(engine) {
        let database = TestDatabase::new(engine).await;
        let hub = Hub::on(&database);
        let text = enterprises("B-1", 3);
        let whole = packed(&[("package.xml", text.as_bytes())]);
        let bomb = packed(&[("package.xml", &vec![b' '; 64 * 1024 * 1024])]);
        assert!(bomb.len() < 200_000);
        let two = packed(&[("a.xml", text.as_bytes()), ("b.xml", text.as_bytes())]);
        let nested = packed(&[("inner.zip", &whole)]);
        for (name, bytes, told) in [
            ("bomb.zip", bomb.as_slice(), "grows beyond"),
            ("cut.zip", &whole[..whole.len() - 30], "workbook"),
            ("two.zip", two.as_slice(), "workbook"),
            ("nested.zip", nested.as_slice(), "workbook"),
        ] {
            let path = database.write(name, bytes);
            let ran = hub.ingest("enterprise-register", &path, &[]);
            assert!(ran.code == Some(1) && ran.stderr.contains(told), "{name}: {ran:?}");
        }
    }
}
