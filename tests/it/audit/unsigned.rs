//! Nothing is written while entries wait too long for a signed head.

use chrono::TimeDelta;
use entity::audit::{LONGEST_UNSIGNED, append_alone, sign_head};
use entity::{Clock, Error};
use support::{TestDatabase, on_both};

use super::trail::{entry, found, key, later, proved};

on_both! {
    async fn writing_ends_when_signing_fails_for_four_hours(engine) {
        let database = TestDatabase::new(engine).await;
        let db = database.open().await;
        let second = TimeDelta::seconds(1);
        let write = async |clock: &Clock| append_alone(&db, clock, entry(1)).await;
        write(&later(TimeDelta::zero())).await.unwrap();
        write(&later(LONGEST_UNSIGNED)).await.unwrap();
        let refused = write(&later(LONGEST_UNSIGNED + second)).await;
        assert!(matches!(refused, Err(Error::AuditUnsigned { since }) if since == later(TimeDelta::zero()).now()), "{refused:?}");
        assert_eq!(proved(&db).await.entries, 2, "nothing was written");
        // As soon as a head is signed it goes on.
        let clock = later(LONGEST_UNSIGNED + second);
        assert!(sign_head(&db, &clock, &key(&db).await).await.unwrap().is_some());
        write(&clock).await.unwrap();
        // A hub that nobody writes to needs no head meanwhile, however long that is.
        assert!(sign_head(&db, &clock, &key(&db).await).await.unwrap().is_some());
        for days in [30, 30] {
            write(&later(TimeDelta::days(days))).await.unwrap();
        }
        assert_eq!(found(&proved(&db).await), None);
    }
}
