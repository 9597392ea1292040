"""Keeps a copy of what an NQI Hub shows the owner of a token: snapshot, feed, checks. Python 3.9 or newer, nothing else.

    NQI_SYNC_TOKEN=... python3 client.py https://hub.example.org copy.sqlite [KIND,KIND...]
"""
import hashlib, json, os, sqlite3, sys, time, urllib.error, urllib.parse, urllib.request

HUB, FILE, KINDS = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""
FEED = """query($after: String, $kinds: [String!]) { changes(first: 1000, after: $after, kinds: $kinds) {
  nodes { operation kind key version region day contentHash body } endCursor hasNextPage } }"""
LOST = {"CURSOR_INVALID", "CURSOR_EPOCH_CHANGED", "CURSOR_EXPIRED"}  # only a new snapshot helps


def ask(path, body=None):
    """The bytes of an answer; an answer that is cut, 429 and 5xx are asked for again."""
    headers = {"content-type": "application/json", "accept": "application/graphql-response+json, application/x-ndjson"}
    if token := os.environ.get("NQI_SYNC_TOKEN"):
        headers["authorization"] = "Bearer " + token
    for attempt in range(8):
        wait = 2**attempt / 4
        try:
            with urllib.request.urlopen(urllib.request.Request(HUB + path, body, headers), timeout=60) as answer:
                text = answer.read()
            if body or text.rstrip().rsplit(b"\n", 1)[-1].startswith(b'{"manifest"'):
                return text
        except urllib.error.HTTPError as error:
            text, wait = error.read(), float(error.headers.get("retry-after", wait))
            if error.code not in (429, 500, 502, 503, 504):
                return text
        except OSError:
            pass
        time.sleep(wait)
    sys.exit(f"{path}: no whole answer after 8 attempts")


def checked(body, hashed, name):
    if hashlib.sha256(body.encode()).hexdigest() != hashed:
        sys.exit(f"{name}: the body does not have the hash that the hub tells")
    return body


def snapshot(db):
    """All of it, as one transaction: nobody sees half a copy."""
    db.execute("DELETE FROM record")
    after = cursor = None
    while True:
        text = ask("/sync/snapshot?" + urllib.parse.urlencode({k: v for k, v in (("kinds", KINDS), ("after", after)) if v}))
        *lines, last = text.decode().strip("\n").split("\n")
        manifest = json.loads(last).get("manifest") or sys.exit(last)
        if hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest() != manifest["sha256"]:
            sys.exit("the snapshot does not fit its manifest")
        for row in map(json.loads, lines):
            body = checked(row["body"], row["hash"], row["key"])
            db.execute("INSERT OR REPLACE INTO record VALUES (?,?,?,?,?,?)",
                       (row["kind"], row["key"], row["version"], row["region"], row["day"], body))
        cursor, after = cursor or manifest["cursor"], manifest["next"]
        if not after:
            return cursor


def apply(db, change):
    name, version = (change["kind"], change["key"]), change["version"]
    known = db.execute("SELECT version FROM record WHERE kind = ? AND key = ?", name).fetchone()
    if change["operation"] == "LEAVE":  # always counts; the version is forgotten
        db.execute("DELETE FROM record WHERE kind = ? AND key = ?", name)
    elif not known or version >= known[0]:  # a deleted record stays without a body, so that nothing older brings it back
        body = change["body"] and checked(change["body"], change["contentHash"], change["key"])
        db.execute("INSERT OR REPLACE INTO record VALUES (?,?,?,?,?,?)", (*name, version, change["region"] or "", change["day"], body))


def main():
    db = sqlite3.connect(FILE, isolation_level=None)
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE IF NOT EXISTS record (kind, key, version, region, day, body, PRIMARY KEY (kind, key))")
    db.execute("CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT)")
    more = True
    while more:
        db.execute("BEGIN IMMEDIATE")  # a page and the cursor behind it count together or not at all
        row = db.execute("SELECT cursor FROM place").fetchone()
        cursor = row[0] if row else snapshot(db)
        variables = {"after": cursor, "kinds": KINDS.split(",") if KINDS else None}
        answer = json.loads(ask("/graphql", json.dumps({"query": FEED, "variables": variables}).encode()))
        if errors := answer.get("errors"):
            if errors[0]["extensions"]["code"] not in LOST:
                sys.exit(errors[0]["message"])
            cursor = snapshot(db)
        else:
            for change in answer["data"]["changes"]["nodes"]:
                apply(db, change)
            cursor, more = answer["data"]["changes"]["endCursor"], answer["data"]["changes"]["hasNextPage"]
        db.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (cursor,))
        db.execute("COMMIT")
    print(db.execute("SELECT count(*) FROM record WHERE body IS NOT NULL").fetchone()[0], "records")


main()
