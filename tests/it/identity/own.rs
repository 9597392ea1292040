//! The hub's own key and its tokens.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use api::identity::{
    Grant, LONGEST_TTL, Mode, OwnKey, Reason, RevokedTokens, Settings, TokenRefused, Verifier, Wanted,
};
use chrono::{DateTime, Utc};
use entity::access::Role;

use super::signer::Signer;
use super::{ENTERPRISE, claims, header, noon, seconds};

fn wanted() -> Wanted {
    let mut grant = Grant::new(Role::Enterprise);
    grant.enterprise = Some(ENTERPRISE.to_owned());
    Wanted {
        subject: "developer".to_owned(),
        client: "nqi-hub".to_owned(),
        grant,
    }
}

fn hub(mode: Mode, data_dir: &Path) -> Verifier {
    let settings = Settings {
        mode,
        issuers: Vec::new(),
    };
    Verifier::open(&settings, data_dir, Arc::new(RevokedTokens::default())).unwrap()
}

async fn reason(hub: &Verifier, token: &str, now: DateTime<Utc>) -> Option<Reason> {
    hub.verify(token, now)
        .await
        .err()
        .map(|refused: TokenRefused| refused.reason().clone())
}

#[tokio::test]
async fn a_token_of_the_hub_is_believed_in_development_alone() {
    let home = tempfile::tempdir().unwrap();
    let development = hub(Mode::Development, home.path());
    let key = OwnKey::open(home.path()).unwrap();
    let token = key.mint(&wanted(), LONGEST_TTL, noon()).unwrap();
    let found = development.verify(&token, noon()).await.unwrap();
    assert_eq!(
        (found.subject.as_str(), found.client.as_str()),
        ("developer", "nqi-hub")
    );
    assert_eq!(
        (found.grant, found.expires_at),
        (wanted().grant, noon() + seconds(3600))
    );
    let last = noon() + seconds(3629);
    assert_eq!(reason(&development, &token, last).await, None);
    assert_eq!(
        reason(&development, &token, last + seconds(1)).await,
        Some(Reason::Expired)
    );
    let again = key.mint(&wanted(), LONGEST_TTL, noon()).unwrap();
    let again = development.verify(&again, noon()).await.unwrap();
    assert!(
        found.token_id != again.token_id && found.token_id.len() == 22,
        "{}",
        found.token_id
    );
    // The default is not to believe it.
    for mode in [Mode::Production, Mode::default()] {
        assert_eq!(
            reason(&hub(mode, home.path()), &token, noon()).await,
            Some(Reason::UnknownIssuer)
        );
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let other = hub(Mode::Development, elsewhere.path());
    assert_eq!(reason(&other, &token, noon()).await, Some(Reason::UnknownKey));
}

#[tokio::test]
async fn the_own_issuer_takes_its_own_key_only() {
    let home = tempfile::tempdir().unwrap();
    let development = hub(Mode::Development, home.path());
    let token = OwnKey::open(home.path())
        .unwrap()
        .mint(&wanted(), LONGEST_TTL, noon())
        .unwrap();
    let kid = kid_of(&token);
    let mut payload = claims(noon());
    payload["iss"] = "urn:nqi-hub:development".into();
    payload["aud"] = "urn:nqi-hub".into();
    let stranger = Signer::es256();
    let forged = stranger.token(&header("ES256", &kid), &payload);
    assert_eq!(
        reason(&development, &forged, noon()).await,
        Some(Reason::Signature)
    );
    let nameless = stranger.token(&header("ES256", "k1"), &payload);
    assert_eq!(
        reason(&development, &nameless, noon()).await,
        Some(Reason::UnknownKey)
    );
}

fn kid_of(token: &str) -> String {
    use base64::Engine;
    let header = token.split('.').next().unwrap();
    let header = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(header)
        .unwrap();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    assert_eq!(header["typ"], "at+jwt");
    header["kid"].as_str().unwrap().to_owned()
}

#[test]
fn only_what_would_be_believed_is_minted() {
    let home = tempfile::tempdir().unwrap();
    let key = OwnKey::open(home.path()).unwrap();
    for ttl in [-1, 0, 3601] {
        assert!(
            key.mint(&wanted(), seconds(ttl), noon())
                .unwrap_err()
                .contains("3600"),
            "{ttl}"
        );
    }
    assert!(key.mint(&wanted(), seconds(1), noon()).is_ok());
    let mut unbounded = wanted();
    unbounded.grant = Grant::new(Role::Staff);
    let refused = key.mint(&unbounded, LONGEST_TTL, noon()).unwrap_err();
    assert_eq!(refused, "the role STAFF needs region");
    let (mut nobody, mut nothing) = (wanted(), wanted());
    nobody.subject.clear();
    nothing.client = "a\nb".to_owned();
    assert!(
        key.mint(&nobody, LONGEST_TTL, noon())
            .unwrap_err()
            .starts_with("subject")
    );
    assert!(
        key.mint(&nothing, LONGEST_TTL, noon())
            .unwrap_err()
            .starts_with("client")
    );
}

#[test]
fn the_key_is_made_once_and_read_by_its_owner_alone() {
    let home = tempfile::tempdir().unwrap();
    let data_dir = home.path().join("new").join("data");
    let openers: Vec<_> = (0..16)
        .map(|_| {
            let data_dir = data_dir.clone();
            std::thread::spawn(move || {
                OwnKey::open(&data_dir)
                    .unwrap()
                    .mint(&wanted(), LONGEST_TTL, noon())
                    .unwrap()
            })
        })
        .collect();
    let mut kids: Vec<String> = openers
        .into_iter()
        .map(|opener| kid_of(&opener.join().unwrap()))
        .collect();
    kids.dedup();
    assert_eq!(kids.len(), 1, "all found the same key");
    let files: Vec<_> = fs::read_dir(&data_dir)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert_eq!(
        files,
        [data_dir.join("development-key.pem")],
        "nothing else is left"
    );
    let pem = fs::read_to_string(&files[0]).unwrap();
    assert!(
        pem.starts_with("-----BEGIN PRIVATE KEY-----\n") && pem.ends_with("\n-----END PRIVATE KEY-----\n")
    );
    assert!(pem.lines().all(|line| line.len() <= 64));
    let mode = |mode| fs::set_permissions(&files[0], fs::Permissions::from_mode(mode)).unwrap();
    assert_eq!(
        fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777,
        0o600
    );
    for loose in [0o640, 0o604, 0o644, 0o660] {
        mode(loose);
        assert!(
            OwnKey::open(&data_dir).unwrap_err().contains("chmod 600"),
            "{loose:o}"
        );
    }
    mode(0o400);
    assert!(OwnKey::open(&data_dir).is_ok());
}

#[test]
fn a_file_that_is_no_key_is_told_and_not_replaced() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("development-key.pem");
    let other = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA\n-----END PRIVATE KEY-----\n";
    for text in ["", "x", other] {
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        let refused = OwnKey::open(home.path()).unwrap_err();
        assert!(refused.contains("development-key.pem: "), "{refused}");
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}
