//! Tokens that were revoked before they ended.

use api::identity::Reason;

use super::signer::Signer;
use super::{Bench, good, noon, seconds};

#[tokio::test]
async fn a_revoked_token_is_refused() {
    let signer = Signer::es256();
    let bench = Bench::new(vec![signer.jwk("k1")]).await;
    let token = good(&signer, "k1", noon());
    assert!(bench.ask(&token, noon()).await.is_ok());
    let ends = noon() + seconds(600);
    bench.revoked.revoke([("t-1".to_owned(), ends)], noon()).unwrap();
    assert_eq!(bench.ask(&token, noon()).await, Err(Reason::Revoked));
    // The list forgets what nobody can use any more, and not a moment earlier.
    bench.revoked.revoke([], ends + seconds(29)).unwrap();
    assert!(bench.revoked.holds("t-1"));
    bench.revoked.revoke([], ends + seconds(30)).unwrap();
    assert!(!bench.revoked.holds("t-1"));
    let names = |count| (0..count).map(move |name: u32| (format!("t-{name}"), ends));
    assert!(
        bench
            .revoked
            .revoke(names(100_001), noon())
            .unwrap_err()
            .contains("100000")
    );
    assert!(!bench.revoked.holds("t-1"), "all or nothing");
    bench.revoked.revoke(names(100_000), noon()).unwrap();
    bench.revoked.revoke(names(100_000), noon()).unwrap();
    assert!(bench.revoked.holds("t-99999"));
}
