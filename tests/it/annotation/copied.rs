//! Copies that readers keep of the hub: publication brings an annotation into them and its withdrawal takes it out, although the
//! reader's place in the feed lies behind the record already.

use client::{Filter, Follower, Hub, Settings, Token};
use support::on_both;

use super::{Office, Reader};
use crate::sync::{Place, copied, impatient};

fn settings(office: &Office, reader: &Reader) -> Settings {
    let token = reader.token.clone().map_or(Token::None, Token::Fixed);
    Settings {
        token,
        ..impatient(&office.server.url(""))
    }
}

/// Brings a reader's copy up to date; gives the keys of the annotations in it.
async fn follow(office: &Office, reader: &Reader, place: &Place) -> Vec<String> {
    let store = client::open(&place.path()).await.unwrap();
    let hub = Hub::new(&settings(office, reader)).unwrap();
    let mut follower = Follower::new(hub, store, Filter::default());
    follower.catch_up().await.unwrap();
    drop(follower);
    let rows = copied(&place.path()).await;
    rows.into_keys()
        .filter(|(kind, _)| kind == "Annotation")
        .map(|(_, key)| key)
        .collect()
}

/// Whether every copy holds so many annotations, and is what its reader gets anew.
async fn assert_copies(office: &Office, copies: &[(Reader, Place)], held: impl Fn(&Reader) -> usize) {
    for (reader, place) in copies {
        let found = follow(office, reader, place).await;
        assert_eq!(found.len(), held(reader), "{}", reader.name);
        let anew = Place::new("anew.sqlite");
        follow(office, reader, &anew).await;
        assert_eq!(
            copied(&place.path()).await,
            copied(&anew.path()).await,
            "{}",
            reader.name
        );
    }
}

on_both! {
    async fn r80_a_copy_is_told_of_publication_and_of_withdrawal(engine) {
        let office = Office::open(engine).await;
        let mut forms = ["copy.sqlite", "copy"].into_iter().cycle();
        let readers = office.outsiders().into_iter().chain(office.insiders());
        let copies: Vec<(Reader, Place)> = readers.map(|reader| (reader, Place::new(forms.next().unwrap()))).collect();
        let annotation = office.carried(office.drafted("ENTERPRISE").await, "AUTHORISED").await;
        assert_copies(&office, &copies, |_| 0).await;
        let sees = |reader: &Reader| usize::from(["own", "clerk", "city", "auditor"].contains(&reader.name));
        let published = office.carried(annotation, "PUBLISHED").await;
        assert_copies(&office, &copies, sees).await;
        let everybody = office.carried(office.drafted("PUBLIC").await, "PUBLISHED").await;
        assert_copies(&office, &copies, |reader| sees(reader) + 1).await;
        office.carried(published, "WITHDRAWN").await;
        assert_copies(&office, &copies, |_| 1).await;
        office.carried(everybody, "WITHDRAWN").await;
        assert_copies(&office, &copies, |_| 0).await;
    }
}
