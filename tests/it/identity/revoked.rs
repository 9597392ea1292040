//! Tokens that were revoked before they ended.

use std::time::Duration;

use api::identity::{Reason, RevokedTokens};

use super::signer::Signer;
use super::{Bench, good, noon, seconds};

#[tokio::test]
async fn a_revoked_token_is_refused() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let token = good(&signer, "k1", noon());
    assert!(bench.ask(&token, noon()).await.is_ok());
    bench.revoked.replace(["t-1".to_owned(), "t-2".to_owned()]);
    assert_eq!(bench.ask(&token, noon()).await, Err(Reason::Revoked));
    bench.revoked.replace(["t-2".to_owned()]);
    assert!(
        bench.ask(&token, noon()).await.is_ok(),
        "the list is the database's"
    );
}

#[tokio::test]
async fn whoever_waits_is_told() {
    let revoked = RevokedTokens::default();
    let told = |name| tokio::time::timeout(Duration::from_millis(50), revoked.told(name));
    assert!(told("t-1").await.is_err());
    let (waited, ()) = tokio::join!(told("t-1"), async {
        revoked.replace(["t-2".to_owned()]);
        tokio::task::yield_now().await;
        revoked.replace(["t-1".to_owned()]);
    });
    assert!(waited.is_ok());
    assert!(told("t-1").await.is_ok(), "it is there already");
}

#[test]
fn a_token_stands_on_the_list_until_nobody_would_believe_it() {
    // Issued by a clock that runs 30 s ahead, for an hour, and believed for 30 s after its end.
    assert_eq!(RevokedTokens::of_use_until(noon()), noon() + seconds(3_660));
}
