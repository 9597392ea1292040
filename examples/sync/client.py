"""Keeps a copy of what an NQI Hub shows the owner of a token (NQI_SYNC_TOKEN): client.py HUB FILE.sqlite [KIND,KIND...]"""
import hashlib, json, os, sqlite3, sys, time, urllib.error, urllib.parse, urllib.request
HUB, FILE, KINDS = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""
TOKEN = {"authorization": "Bearer " + os.environ["NQI_SYNC_TOKEN"]} if os.environ.get("NQI_SYNC_TOKEN") else {}
FEED = """query($after: String, $kinds: [String!]) { changes(first: 1000, after: $after, kinds: $kinds) {
  nodes { operation kind key version region day contentHash body } endCursor hasNextPage } }"""
def ask(path, body=None):  # an answer that is cut, 429 and 5xx are asked for again
    for wait in (0.25, 0.5, 1, 2, 4, 8, 16, 32):
        try:
            request = urllib.request.Request(HUB + path, body, {"content-type": "application/json", **TOKEN})
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
            if body or text.rstrip().rsplit(b"\n", 1)[-1].startswith(b'{"manifest"'):
                return text
        except urllib.error.HTTPError as error:
            if error.code not in (429, 500, 502, 503, 504):
                return error.read()
            wait = float(error.headers.get("retry-after", wait))
        except OSError:
            pass
        time.sleep(wait)
    sys.exit(f"{path}: no whole answer after eight attempts")
def put(db, row, hashed):
    if row["body"] and hashlib.sha256(row["body"].encode()).hexdigest() != hashed:
        sys.exit(f"{row['kind']} {row['key']}: the body does not have the hash that the hub tells")
    db.execute("INSERT OR REPLACE INTO record VALUES (:kind, :key, :version, :region, :day, :body)", row)
def snapshot(db, after=""):  # all of it within one transaction: nobody sees half a copy
    db.execute("DELETE FROM record")
    while True:
        *lines, last = ask("/sync/snapshot?" + urllib.parse.urlencode({"kinds": KINDS, "after": after})).decode().strip("\n").split("\n")
        manifest = json.loads(last).get("manifest") or sys.exit(last)
        if hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest() != manifest["sha256"]:
            sys.exit("the snapshot does not fit its manifest")
        for row in map(json.loads, lines):
            put(db, row, row["hash"])
        if not (after := manifest["next"]):
            return manifest["cursor"]
db, more = sqlite3.connect(FILE, isolation_level=None), True
db.executescript("""CREATE TABLE IF NOT EXISTS record (kind, key, version, region, day, body, PRIMARY KEY (kind, key));
  CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT)""")
while more:
    db.execute("BEGIN IMMEDIATE")  # a page and the cursor behind it count together or not at all
    cursor = (db.execute("SELECT cursor FROM place").fetchone() or [None])[0] or snapshot(db)
    wanted = {"query": FEED, "variables": {"after": cursor, "kinds": KINDS.split(",") if KINDS else None}}
    answer = json.loads(ask("/graphql", json.dumps(wanted).encode()))
    if errors := answer.get("errors"):
        if errors[0]["extensions"]["code"] not in ("CURSOR_INVALID", "CURSOR_EPOCH_CHANGED", "CURSOR_EXPIRED"):
            sys.exit(errors[0]["message"])
        answer = {"data": {"changes": {"nodes": [], "endCursor": snapshot(db), "hasNextPage": True}}}
    page = answer["data"]["changes"]
    for change in page["nodes"]:
        name = (change["kind"], change["key"])
        known = db.execute("SELECT version FROM record WHERE kind = ? AND key = ?", name).fetchone()
        if change["operation"] == "LEAVE":  # always counts, and the version is forgotten
            db.execute("DELETE FROM record WHERE kind = ? AND key = ?", name)
        elif not known or change["version"] >= known[0]:  # what is deleted stays without a body: nothing older brings it back
            put(db, change, change["contentHash"])
    db.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (page["endCursor"],))
    db.execute("COMMIT")
    more = page["hasNextPage"]
print(db.execute("SELECT count(*) FROM record WHERE body IS NOT NULL").fetchone()[0], "records")
