//! Readers of the feed whose view changes: records move, and readers are allowed more or less. Whoever follows has in the end what
//! somebody has who begins anew.

use api::identity::Grant;
use entity::access::Role;
use serde_json::Value;
use support::bureau::staff;
use support::on_both;

use super::office::{Copy, Office, credit};

on_both! {
    async fn a_reader_whose_scope_changes_is_told_what_left_and_what_entered(engine) {
        let office = Office::open(engine).await;
        let all = ["Standard", "Enterprise", "Declaration"];
        // Each pair of neighbours is a change of the scope of one reader.
        let ways = [
            vec![staff("320582"), staff("320581"), staff("320500"), staff("320582"), staff("330000")],
            vec![credit("320000", &all), credit("320000", &["Standard"]), credit("320582", &all), credit("320581", &all[1..]), credit("320000", &["Region"])],
            vec![Grant::new(Role::Auditor), staff("320582"), credit("320500", &all), Grant::new(Role::SystemAdmin), Grant::new(Role::Auditor)],
        ];
        let mut crossed = 0;
        for (number, way) in ways.iter().enumerate() {
            let subject = format!("reader{number}");
            let mut copy = Copy::default();
            for (at, grant) in way.iter().enumerate() {
                // Something happens between the two, too.
                if at == 2 {
                    office.ingest(&format!("{number}{at}"), 2 + u32::try_from(number).unwrap());
                }
                office.follow(&subject, grant, &mut copy).await;
                assert_eq!(copy.rows, office.anew(grant).await, "{grant:?}");
                crossed += copy.told.iter().filter(|told| told.starts_with("LEAVE") || told.starts_with("ENTER")).count();
                let told = copy.told.len();
                office.follow(&subject, grant, &mut copy).await;
                assert_eq!(copy.told, [""; 0], "told twice, after {told}");
            }
        }
        assert!(crossed > 8, "only {crossed} crossed");
    }

    async fn a_record_that_moves_leaves_the_region_of_a_credit_system(engine) {
        let office = Office::open(engine).await;
        let (here, there) = (credit("320582", &["Enterprise"]), credit("320581", &["Enterprise"]));
        let (mut one, mut other) = (Copy::default(), Copy::default());
        office.follow("one", &here, &mut one).await;
        office.follow("other", &there, &mut other).await;
        assert_eq!((one.rows.len(), other.rows.len()), (2, 0));
        let last = "SELECT max(pos) FROM feed";
        let columns = "kind, record_key, audience, owner, run_id, body, at";
        office.run(&format!(
            "INSERT INTO feed (pos, op, version, region, {columns}) SELECT ({last}) + 1, 'UPSERT', version + 1, '320581', {columns} \
             FROM feed WHERE record_key = 'GB/T16-2020'"
        )).await;
        office.run("UPDATE feed_head SET last_pos = last_pos + 1").await;
        office.follow("one", &here, &mut one).await;
        office.follow("other", &there, &mut other).await;
        assert_eq!(one.told, ["LEAVE GB/T16-2020"]);
        assert_eq!(other.told, ["UPSERT GB/T16-2020"]);
        assert_eq!((one.rows.len(), other.rows.len()), (1, 1));
    }

    async fn a_cursor_is_its_readers_own_and_of_this_epoch(engine) {
        let office = Office::open(engine).await;
        let grant = staff("320582");
        let mut copy = Copy::default();
        office.follow("own", &grant, &mut copy).await;
        let cursor = copy.cursor.unwrap();
        let code = |answer: Value| answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        assert_eq!(code(office.ask("own", &grant, Some(&cursor)).await), "");
        assert_eq!(code(office.ask("thief", &grant, Some(&cursor)).await), "CURSOR_INVALID");
        for forged in ["", "AQ", "****", &cursor[1..], &format!("{cursor}A"), &format!("AA{}", &cursor[2..]), &cursor.to_lowercase()] {
            assert_eq!(code(office.ask("own", &grant, Some(forged)).await), "CURSOR_INVALID", "{forged}");
        }
        // It changes while the reader is being told of a former change.
        let half = office.ask("own", &staff("320581"), Some(&cursor)).await["data"]["changes"]["endCursor"].clone();
        assert_eq!(code(office.ask("own", &grant, half.as_str()).await), "CURSOR_INVALID");
        office.run("UPDATE feed_head SET epoch = 'after-a-restore'").await;
        assert_eq!(code(office.ask("own", &grant, Some(&cursor)).await), "CURSOR_EPOCH_CHANGED");
    }

    async fn nothing_in_a_cursor_can_be_read(engine) {
        use base64::Engine as _;
        let office = Office::open(engine).await;
        let answer = office.ask("own", &staff("320582"), None).await;
        let cursor = answer["data"]["changes"]["endCursor"].as_str().unwrap();
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(cursor).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("320582") && !text.contains("STAFF") && !text.contains("\"p\""), "{text}");
    }
}
