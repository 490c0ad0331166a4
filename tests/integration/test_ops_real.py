"""The ops room before its real readers: Prometheus' own tools and server, and a browser. All from Debian's packages.

A missing one is installed where that is possible (as root, or through sudo); on CI it never skips.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from writethru.ops import batch, metrics
from writethru.ops.exporter import Exporter
from writethru.ops.health import Health
from writethru.ops.recent import Recent
from writethru.records import (
    Article,
    DeadLetter,
    Emission,
    Link,
    Provenance,
    RawMessage,
    Story,
    StoryPlace,
    Thread,
    ThreadPlace,
    Wire,
)

ROOT = Path(__file__).parents[2]
HOSTILE = "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'> Port strike ends"

# The first one may have to install a browser.
pytestmark = pytest.mark.timeout(900)


def program(packages, *names):
    """The path of the first of `names` that is there, after installing `packages` where none is."""
    for name in names:
        if path := shutil.which(name):
            return path
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (sudo and not shutil.which("sudo")):
        say = f"{names[0]} is missing: apt-get install {' '.join(packages)}"
        if os.environ.get("CI") == "true":
            pytest.fail(say)
        pytest.skip(say)
    # RUNLEVEL=1: a package that brings a service does not start it.
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    subprocess.run([*sudo, "apt-get", "update", "-qq"], check=True)
    subprocess.run([*sudo, *environment, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages], check=True)
    path = shutil.which(names[0])
    assert path, f"{names[0]} is not in {packages}"
    return path


def fetch(url, body=None, method=None):
    """JSON over HTTP; a WebDriver error raises with its message."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})  # noqa: S310 - ours
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - localhost
        return json.load(answer)


def until(condition, seconds=20):
    """Waits for `condition()` to be true and returns what it gave."""
    deadline = time.monotonic() + seconds
    while not (given := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return given


def end(process):
    """Ends a process started in a session of its own, and what it started."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    if process.stdout:
        process.stdout.close()


# --- a pipeline that is none --------------------------------------------------------------------------------------------------


class Desk:
    """Tells the ops room what a pipeline would: invented agencies, invented events."""

    def __init__(self, port=0):
        self.lag = []
        self.recent = Recent(lag=lambda: self.lag)
        self.health = Health()
        self.exporter = Exporter.start(port, health=self.health, recent=self.recent)
        self.count = 0

    @property
    def now(self):
        return int(time.time() * 1000)

    def ready(self):
        self.health.expect("source")
        self.health.up("source")

    def article(self, headline="Ferry service resumes", agency="Nordwire", action="new", embargo=None, **story):
        """One article of a story of its own (or of `id`), emitted 20 ms after it was read."""
        self.count += 1
        id_ = f"a{self.count}"
        raw = RawMessage(b"{}", "wire.raw", 0, self.count, self.now - 20)
        key, thread = story.get("id", f"s{self.count}"), story.get("thread", f"t{self.count}")
        place = StoryPlace(key, 1, action, None, None, 0, Link("first", 1.0), None)
        origin = Provenance(id_, "ninjs", "wire.raw", 0, self.count, raw.timestamp, "", "", "utf-8", None, (), "test")
        content = {"headlines": [{"value": headline}], "language": "en"}
        wire = Wire(agency, action, embargo=embargo)
        told = Emission(
            (Article(id_, 1, content, wire, place, ThreadPlace(thread, "first", None, 1.0, "first"), origin, raw),),
            (),
            (Thread(thread, 1, headline, "en", (), story.get("size", 1), (agency,), None, None),),
        )
        # As the graph has it: the story goes a way of its own.
        chain = Story(key, 1, agency, story.get("status", "current"), id_, headline, "", "en", (), story.get("versions", 1), None, None)
        self.recent.inbound(1, self.now)
        for emission in (told, Emission((), (chain,))):
            self.recent.emission(emission, self.now)
            batch.emitted(emission, self.now)
            batch.written("sql", emission, 0.004, self.now)
        return key

    def dead(self, reason="invalid", detail="line 3: expected }"):
        self.count += 1
        raw = RawMessage(b"SECRET PAYLOAD", "wire.raw", 0, self.count, self.now)
        letters = [DeadLetter(f"d{self.count}", raw, "decode", reason, detail, "test")]
        self.recent.inbound(1, self.now)
        self.recent.dead(letters, self.now)
        batch.dead(letters)


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.exporter.stop()


# --- Prometheus -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def promtool():
    return program(["prometheus"], "promtool")


@pytest.fixture
def prometheus(desk, promtool, tmp_path):
    """A server that scrapes the desk as deploy/prometheus/prometheus.yml would, only more often; gives its address."""
    config = (ROOT / "deploy/prometheus/prometheus.yml").read_text()
    assert "127.0.0.1:9464" in config
    config = config.replace("127.0.0.1:9464", f"127.0.0.1:{desk.exporter.port}").replace("10s", "1s")
    (tmp_path / "prometheus.yml").write_text(config)
    shutil.copy(ROOT / "deploy/prometheus/alerts.yml", tmp_path)
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                shutil.which("prometheus"),
                f"--config.file={tmp_path}/prometheus.yml",
                f"--storage.tsdb.path={tmp_path}/data",
                "--web.listen-address=127.0.0.1:0",
            ],
            stderr=log,
            start_new_session=True,
        )
    try:
        listening = re.compile(r'"Listening on" address="?127\.0\.0\.1:(\d+)')
        found = until(lambda: listening.search((tmp_path / "log").read_text()))
        # It listens before it has read its storage, and answers 503 until then.
        until(lambda: "Server is ready to receive web requests" in (tmp_path / "log").read_text(), 60)
        yield f"http://127.0.0.1:{found.group(1)}"
    finally:
        end(process)


def test_promtool_finds_nothing_to_say_about_the_metrics(desk, promtool):
    desk.article(action="kill")
    desk.dead()
    text = urllib.request.urlopen(f"{desk.exporter.address}/metrics", timeout=10).read()  # noqa: S310 - localhost
    checked = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, timeout=60)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "rules", "alerts.yml", "alerts_flink.yml"],
        ["check", "config", "prometheus.yml"],
        ["test", "rules", "alerts_test.yml", "alerts_flink_test.yml"],
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_promtool_accepts_what_is_deployed(promtool, arguments):
    checked = subprocess.run([promtool, *arguments], cwd=ROOT / "deploy/prometheus", capture_output=True, text=True, timeout=60)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("file", ["alerts", "alerts_flink"])
def test_every_alert_is_played(file):
    rules = (ROOT / f"deploy/prometheus/{file}.yml").read_text()
    played = (ROOT / f"deploy/prometheus/{file}_test.yml").read_text()
    names = re.findall(r"alert: (\w+)", rules)
    assert names
    for name in names:
        assert re.search(rf"alertname: {name}\n\s+exp_alerts", played), name


def test_a_real_prometheus_scrapes_it_and_answers_every_panel(desk, prometheus):
    def query(expression):
        answer = fetch(f"{prometheus}/api/v1/query?{urllib.parse.urlencode({'query': expression})}")
        assert answer["status"] == "success"
        return answer["data"]["result"]

    desk.ready()
    desk.article(agency="Scraped")
    metrics.KAFKA_LAG.set(7, topic="scraped", partition="0")
    until(lambda: query('writethru_articles_total{agency="Scraped"} == 1'), 60)
    assert query('up{job="writethru"} == 1')
    assert query('writethru_kafka_lag_records{topic="scraped"} == 7')
    assert query('writethru_kill_latency_seconds_bucket{le="120.0"}'), "the bound KillSlow asks for"
    desk.article(agency="Scraped")
    until(lambda: query('sum by (agency) (increase(writethru_articles_total{agency="Scraped"}[1m])) > 0'), 60)

    dashboard = json.loads((ROOT / "deploy/grafana/writethru.json").read_text())
    for expression in (target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])):
        query(expression.replace("$__rate_interval", "1m").replace("$instance", ".*"))

    (group,) = fetch(f"{prometheus}/api/v1/rules")["data"]["groups"]
    until(lambda: all(rule["health"] == "ok" for rule in fetch(f"{prometheus}/api/v1/rules")["data"]["groups"][0]["rules"]), 60)
    assert len(group["rules"]) == 6


# --- the live page in a browser ----------------------------------------------------------------------------------------------


class Browser:
    """Chromium through chromedriver, spoken to as W3C WebDriver says: JSON over HTTP."""

    def __init__(self, driver, binary, profile):
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync"]
        arguments += ["--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}"]
        options = {"binary": binary, "args": arguments}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        session = fetch(f"{driver}/session", {"capabilities": {"alwaysMatch": wanted}})["value"]
        self._session = f"{driver}/session/{session['sessionId']}"

    def close(self):
        fetch(self._session, method="DELETE")

    def run(self, script, *arguments):
        return fetch(f"{self._session}/execute/sync", {"script": script, "args": arguments})["value"]

    def devtools(self, command, **parameters):
        return fetch(f"{self._session}/goog/cdp/execute", {"cmd": command, "params": parameters})["value"]

    def open(self, url, width=1280, height=900, scheme="light"):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        fetch(f"{self._session}/url", {"url": url})
        until(lambda: self.text("status") != "Connecting")

    def text(self, id_):
        return self.run("return document.getElementById(arguments[0]).textContent", id_)

    def table(self, id_):
        """The texts of a table's cells, row by row."""
        return self.run("return [...document.getElementById(arguments[0]).rows].map(r => [...r.cells].map(c => c.textContent))", id_)

    def press(self, key):
        press = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        fetch(f"{self._session}/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": press}]})

    def complaints(self):
        return fetch(f"{self._session}/se/log", {"type": "browser"})["value"]


def started(driver, home):
    """chromedriver, and its port. It takes a free one of IPv4 and then the same of IPv6, and ends where that one is taken: then again."""
    said = ""
    for _ in range(5):
        process = subprocess.Popen(
            [driver, "--port=0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "HOME": home, "TMPDIR": home},
            start_new_session=True,
        )
        for line in process.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                return process, found.group(1)
            said += line
        end(process)
    raise AssertionError(f"chromedriver does not start: {said}")


@pytest.fixture(scope="module")
def chromium():
    binary = program(["chromium", "chromium-driver"], "chromium", "google-chrome")
    driver = program(["chromium-driver"], "chromedriver")
    with tempfile.TemporaryDirectory() as home:
        process, port = started(driver, home)
        try:
            browser = Browser(f"http://127.0.0.1:{port}", binary, f"{home}/profile")
            yield browser
            browser.close()
        finally:
            end(process)


@pytest.fixture
def browser(chromium):
    """The browser; a test that expects a complaint on its console reads it away."""
    chromium.complaints()
    yield chromium
    assert [entry["message"] for entry in chromium.complaints()] == []
    chromium.devtools("Page.navigate", url="about:blank")


def test_an_empty_page_says_so_and_invents_no_figure(desk, browser):
    browser.open(desk.exporter.address)
    assert browser.text("status") == "Not ready: the pipeline has not started"
    assert [browser.text(id_) for id_ in ("lag", "p50", "p99")] == ["\N{EN DASH}"] * 3
    assert [browser.text(id_) for id_ in ("in-rate", "articles", "dead-total", "reasons")] == ["0", "0", "0", "none"]
    for id_ in ("no-stories", "no-agencies", "no-lag", "no-dead"):
        assert browser.run("return document.getElementById(arguments[0]).getClientRects().length", id_) == 1


def test_the_figures_change_by_themselves(desk, browser):
    desk.ready()
    browser.open(desk.exporter.address)
    until(lambda: browser.text("status") == "Live")
    browser.run("window.sameDocument = true")
    for n in range(50):
        desk.article(f"Harbour {n} reopens", agency="Nordwire" if n % 2 else "Kestrel")
    desk.dead("encoding")
    desk.lag = [(("wire.raw", "0"), 1200.0), (("wire.raw", "1"), 34.0)]
    until(lambda: browser.text("articles") == "50")
    assert browser.text("lag") == "1,234"
    assert browser.table("lag-rows") == [["wire.raw", "0", "1,200"], ["wire.raw", "1", "34"]]
    assert [row[:2] for row in browser.table("agency-rows")] == [["Kestrel", "25"], ["Nordwire", "25"]]
    assert len(browser.table("story-rows")) == 40
    assert browser.table("story-rows")[0][1:] == ["Nordwire", "Harbour 49 reopens", "new", "1", "1"]
    assert (browser.text("dead-total"), browser.text("reasons")) == ("1", "encoding 1")
    assert re.fullmatch(r"\d+(\.\d)? ms", browser.text("p50"))
    until(lambda: browser.text("in-rate") != "0")
    assert re.search(r"peak \d+ a second", browser.run("return document.getElementById('spark').getAttribute('aria-label')"))
    desk.article()
    until(lambda: browser.text("articles") == "51")
    assert browser.run("return window.sameDocument")


def test_a_story_keeps_its_row_and_moves_up(desk, browser):
    browser.open(desk.exporter.address)
    first = desk.article("Bridge closed", action="alert")
    desk.article("Markets open", agency="Kestrel")
    until(lambda: len(browser.table("story-rows")) == 2)
    browser.run("document.getElementById('story-rows').rows[1].mark = 1")
    desk.article("Bridge closed after storm", action="update", id=first, versions=2, size=3)
    until(lambda: browser.table("story-rows")[0][2:] == ["Bridge closed after storm", "update", "2", "3"])
    assert len(browser.table("story-rows")) == 2
    assert browser.run("return document.getElementById('story-rows').rows[0].mark") == 1


def test_hostile_text_is_shown_as_text(desk, browser):
    desk.article(HOSTILE, agency="<b>Nordwire</b>")
    desk.dead(detail="<svg onload='window.pwned = 3'>")
    browser.open(desk.exporter.address)
    until(lambda: browser.table("story-rows"))
    assert browser.table("story-rows")[0][1:3] == ["<b>Nordwire</b>", HOSTILE]
    assert browser.table("dead-rows")[0][3] == "<svg onload='window.pwned = 3'>"
    assert browser.run("return document.querySelectorAll('main script, main img, main b, td svg').length") == 0
    assert browser.run("return window.pwned ?? null") is None


def test_what_must_not_be_read_is_not_even_sent(desk, browser):
    killed = desk.article("Minister named in inquiry")
    desk.article("KILL: Minister named in inquiry", action="kill", id=killed, status="killed", versions=2)
    desk.article("Withheld copy", action="withhold", status="withheld")
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 5))
    desk.article("Bank holds its rate", embargo=soon)
    desk.article("Budget in full", embargo="2999-01-01T00:00:00Z")
    browser.open(desk.exporter.address)
    rows = until(lambda: browser.table("story-rows"))
    assert [row[2] for row in rows[2:]] == ["Withheld.", "Killed. The headline is withdrawn."]
    assert rows[0][2].startswith("Under embargo until 1 Jan")
    sent = browser.run("return fetch('/api/snapshot').then(answer => answer.text())")
    for secret in ("Minister", "Withheld copy", "Budget", "SECRET"):
        assert secret not in sent
    until(lambda: browser.table("story-rows")[1][2] == "Bank holds its rate")


def test_a_lost_connection_shows_and_heals(desk, browser):
    desk.ready()
    browser.open(desk.exporter.address)
    until(lambda: browser.text("status") == "Live")
    port = desk.exporter.port
    desk.exporter.stop()
    until(lambda: browser.text("status").startswith("Connection lost. The figures are from "))
    assert browser.run("return document.title") == "Connection lost \N{EN DASH} writethru"
    desk.exporter = Exporter.start(port, health=desk.health, recent=desk.recent)
    until(lambda: browser.text("status") == "Live", 30)
    assert browser.run("return document.title") == "writethru"
    assert all("ERR_CONNECTION_REFUSED" in entry["message"] for entry in browser.complaints())


def test_the_keyboard_reaches_everything_and_pauses_the_page(desk, browser):
    desk.ready()
    browser.open(desk.exporter.address)
    browser.press("\ue004")
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press("\ue004")
    assert browser.run("return document.activeElement.id") == "pause"
    browser.press(" ")
    until(lambda: browser.text("status") == "Paused")
    assert browser.run("return document.getElementById('pause').getAttribute('aria-pressed')") == "true"
    desk.article()
    time.sleep(2.5)
    assert browser.text("articles") == "0"
    browser.press(" ")
    until(lambda: browser.text("articles") == "1")
    assert browser.text("status") == "Live"


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_is_cut_off_at_any_width_and_tables_stay_tables(desk, browser, width):
    desk.ready()
    desk.lag = [(("wire.raw", "0"), 1234567.0)]
    for n in range(5):
        desk.article(f"{'Verylongunbrokenword' * 5} {n}", agency="An agency with a rather long name, Ltd", versions=120, size=1234)
    desk.dead(detail="x" * 160)
    browser.open(desk.exporter.address, width=width)
    until(lambda: len(browser.table("story-rows")) == 5)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    tree = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    roles = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]]
    for role, name in [("table", "Latest stories"), ("table", "Agencies"), ("table", "Lag by partition"), ("table", "Latest dead letters")]:
        assert (role, name) in roles
    for role in ("main", "banner", "contentinfo", "status"):
        assert role in [given for given, _ in roles]
    assert {"Time", "Agency", "Headline", "Action", "Versions", "Thread"} <= {name for role, name in roles if role == "columnheader"}
    assert ("button", "Pause") in roles


CONTRAST = """
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
const light = (c) => { c /= 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
const paper = luminance(parse(getComputedStyle(document.body).backgroundColor));
return [...document.querySelectorAll('body *')]
  .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length)
  .map((e) => {
    const ink = luminance(parse(getComputedStyle(e).color));
    return [e.tagName + '.' + e.className, (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)];
  })
  .filter(([, ratio]) => ratio < 4.5);
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast_by_day_and_night(desk, browser, scheme):
    desk.ready()
    for action in ("alert", "kill", "correction", "new"):
        desk.article(action=action, status="killed" if action == "kill" else "current")
    desk.dead()
    browser.open(desk.exporter.address, scheme=scheme)
    until(lambda: browser.table("dead-rows"))
    dark = browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(22, 21, 19)"
    assert dark == (scheme == "dark")
    assert browser.run(CONTRAST) == []
