"""serve and site: the lab over HTTP, black box; raw sockets where a well-behaved client would not go."""

import functools
import http.client
import http.server
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time
import urllib.parse
import urllib.request

import pytest

from conftest import BINARY, ROOT, Tool

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml", ".json": "application/json", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}


class Lab:
    """A running server: reads its address, ends it at the end of the block."""

    def __init__(self, *arguments, command=("serve", "--port", "0"), **options):
        self.process = subprocess.Popen(
            [BINARY, *command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.line = self.process.stdout.readline().decode()
        found = re.fullmatch(r"The lab is at (http://(.+):(\d+)/) \(Ctrl-C ends it\)\n", self.line)
        if not found:
            self.process.kill()
            raise AssertionError((self.line, self.process.communicate()[1]))
        self.address, self.host, self.port = found[1], found[2].strip("[]"), int(found[3])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def end(self, code=signal.SIGTERM):
        """(exit code, standard error) after a signal."""
        self.process.send_signal(code)
        error = self.process.communicate(timeout=20)[1].decode()
        return self.process.returncode, error

    def get(self, path, method="GET", headers={}, body=None):
        """(status, headers by lower-case name, body)"""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=20)
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        answer = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        connection.close()
        return answer

    def connect(self):
        return socket.create_connection((self.host, self.port), timeout=20)

    def raw(self, data):
        """Everything that the server says to these bytes until it closes."""
        with self.connect() as client:
            try:
                client.sendall(data)
            except ConnectionError:
                pass
            return read_all(client)

    def status(self, data):
        """The status of the one answer to these bytes; None for a connection that is closed without any."""
        answer = self.raw(data)
        return int(answer.split()[1]) if answer else None

    def check_alive(self):
        assert self.process.poll() is None
        assert self.get("/")[0] == 200


def read_all(client):
    data = b""
    try:
        while piece := client.recv(65536):
            data += piece
    except ConnectionResetError:
        pass
    return data


def is_open(client):
    """Whether nothing came, neither bytes nor an end."""
    client.setblocking(False)
    try:
        return client.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


def request(path="/icon.svg", host=b"localhost", more=b"", method=b"GET", last=True):
    if isinstance(path, str):
        path = path.encode()
    close = b"Connection: close\r\n" if last else b""
    return method + b" " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + more + close + b"\r\n"


@pytest.fixture(scope="module")
def lab():
    with Lab() as lab:
        yield lab


USUAL_PORT = 8726
VOUCHED = b'<meta name="offline" content="yes">\n'


@pytest.fixture
def usual_port():
    """The lab's own port, free; a test that needs it is skipped where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", USUAL_PORT))
        except OSError:
            pytest.skip(f"port {USUAL_PORT} is taken")
    return USUAL_PORT


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """What `site` writes: bytes by path."""
    tool = Tool(tmp_path_factory.mktemp("site"))
    report = tool.json("site", "--output", "out")
    root = tool.folder / "out"
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert report == {"output": "out", "files": len(files), "bytes": sum(map(len, files.values()))}
    assert {"index.html", "boot.js", "worker-boot.js", "engine.wasm", "dinosaurs.txt"} <= set(files)
    return files


@pytest.fixture(scope="module")
def unkept(files):
    """What is served where no browser may keep the lab."""
    worker = (ROOT / "Web/no-service-worker.js").read_bytes()
    assert files["index.html"].count(VOUCHED) == 1
    return {**files, "index.html": files["index.html"].replace(VOUCHED, b""), "service-worker.js": worker}


def test_prints_its_address(lab):
    assert lab.address == f"http://127.0.0.1:{lab.port}/" and lab.port > 0
    with urllib.request.urlopen(lab.address, timeout=20) as page:
        assert b"<!doctype html>" in page.read()


def check_files(lab, files):
    """Every file is served: its bytes, type, tag and headers."""
    tags = {}
    for path, data in {"": files["index.html"], **files}.items():
        status, headers, body = lab.get("/" + path)
        suffix = os.path.splitext(path or "index.html")[1]
        assert (status, body) == (200, data), path
        assert set(headers) == {*HEADERS, "content-type", "content-length", "etag", "cache-control"}
        assert headers.items() >= HEADERS.items()
        assert headers["content-type"] == TYPES[suffix] and headers["content-length"] == str(len(data))
        assert headers["cache-control"] == "no-cache" and re.fullmatch(r'"[0-9a-f]{16}"', headers["etag"])
        tags.setdefault(headers["etag"], set()).add(data)
    assert all(len(same) == 1 for same in tags.values())


def test_every_file_is_served_with_its_type_and_headers(lab, unkept):
    check_files(lab, unkept)


def test_known_bytes_are_not_sent_again(lab):
    _, headers, _ = lab.get("/lab.css")
    tag = headers["etag"]
    for known in (tag, f"W/{tag}", f'"0000", {tag}', f'W/"0000" ,W/{tag},"1"', "*"):
        for method in ("GET", "HEAD"):
            status, answer, body = lab.get("/lab.css", method, {"If-None-Match": known})
            assert (status, body) == (304, b""), known
            assert answer["etag"] == tag and answer.items() >= HEADERS.items()
    for other in ('"0000"', tag.strip('"'), "", f"{tag[:-1]}"):
        assert lab.get("/lab.css", headers={"If-None-Match": other})[0] == 200
    assert lab.get("/boot.js", headers={"If-None-Match": tag})[0] == 200
    assert lab.get("/nothing", headers={"If-None-Match": "*"})[0] == 404


@pytest.mark.parametrize("path", ["/", "/engine.wasm", "/nothing"])
def test_head_is_get_without_the_body(lab, path):
    status, headers, body = lab.get(path, "HEAD")
    assert body == b"" and int(headers["content-length"]) > 0
    assert (status, headers) == lab.get(path)[:2]
    # Not a byte of a body on the wire, either.
    assert lab.raw(request(path, method=b"HEAD")).endswith(b"\r\n\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_reads_only(lab, method):
    for path in ("/", "/nothing"):
        target = f"{lab.host}:{lab.port}" if method == "CONNECT" else path
        answer = lab.raw(request(target, method=method.encode()))
        head = answer.split(b"\r\n\r\n")[0].decode().lower()
        assert " 405 " in head and "allow: get, head" in head.split("\r\n")
        assert all(f"{name}: {value}".lower() in head for name, value in HEADERS.items())


@pytest.mark.parametrize("more, body", [
    (b"Content-Length: 3\r\n", b"abc"), (b"Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n0\r\n\r\n")])
def test_a_small_body_is_read_past(lab, more, body):
    answer = lab.raw(request("/", method=b"POST", more=more, last=False) + body + request())
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"405", b"200"]


def test_a_large_body_is_not_read(lab):
    assert lab.raw(request("/", method=b"POST", more=b"Content-Length: 1000000\r\n") + b"a" * 1_000_000) == b""
    lab.check_alive()


@pytest.mark.parametrize("path", [
    "/nothing", "/index.htm", "/INDEX.HTML", "/index.html/", "//index.html", "/./index.html", "/core", "/core/", "/%2e",
    "/../etc/passwd", "/../../../../etc/passwd", "/core/../index.html", "/%2e%2e/etc/passwd", "/..%2fetc%2fpasswd",
    "/..%252fetc/passwd", "/%69ndex.html", "/index.html%00", "/index.html%00.js", "/index.html;a", "/..\\etc\\passwd",
    "//etc/passwd", "/etc/passwd", "/Assets.swift", "/.git/config", "*", "*index.html", "http://localhost/index.html",
    "/" + "a" * 7000])
def test_other_paths_are_not_found(lab, path):
    answer = lab.raw(request(path))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 404 ") and body.count(b"\n") == 1 and b"root:" not in body
    assert all(f"{name}: {value}".lower().encode() in head.lower() for name, value in HEADERS.items())


@pytest.mark.parametrize("path", ["/?", "/?v=1&seed=2", "/?/../../etc/passwd", "/index.html?%00", "/#seed=2"])
def test_what_follows_the_path_is_ignored(lab, unkept, path):
    assert lab.raw(request(path)).endswith(b"\r\n\r\n" + unkept["index.html"])


@pytest.mark.parametrize("host", [
    "localhost", "localhost:1", "LOCALHOST", "127.0.0.1", "127.0.0.1:8726", "[::1]", "[::1]:8726"])
def test_answers_to_this_machine(lab, host):
    assert lab.status(request(host=host.encode())) == 200


@pytest.mark.parametrize("host", [
    b"example.com", b"example.com:8726", b"localhost.example.com", b"127.0.0.1.example.com", b"localhost, example.com",
    b"example.com\r\nHost: localhost", b"localhost\r\nHost: example.com", b"localhost\r\nHost: localhost", b"", b":8726",
    b"[example.com]", b"localhost\r\nX-Forwarded-Host: a\r\nhost: b"])
def test_answers_to_no_other_name(lab, host):
    answer = lab.raw(request(host=host))
    assert answer.startswith((b"HTTP/1.1 421 ", b"HTTP/1.1 400 ")) and b"<svg" not in answer
    assert all(f"{name}: {value}".lower().encode() in answer.lower() for name, value in HEADERS.items())


def test_a_request_names_its_host(lab):
    assert lab.status(b"GET /icon.svg HTTP/1.1\r\nConnection: close\r\n\r\n") in (400, 421)
    assert lab.status(b"GET /icon.svg HTTP/1.0\r\n\r\n") in (400, 421)
    assert lab.status(b"GET /icon.svg HTTP/1.0\r\nHost: localhost\r\n\r\n") == 200


def test_a_head_has_at_most_8_kilobytes(lab):
    bare = len(request(more=b"X: \r\n"))
    assert lab.status(request(more=b"X: " + b"a" * (8192 - bare) + b"\r\n")) == 200
    for size in (8193 - bare, 20_000, 1_000_000):
        assert lab.raw(request(more=b"X: " + b"a" * size + b"\r\n")) == b""
    assert lab.raw(request("/" + "a" * 9000)) == b""
    assert lab.status(request(more=b"".join(b"X%d: a\r\n" % number for number in range(2000)))) in (None, 400)
    lab.check_alive()


def test_slow_and_idle_connections_are_closed_after_5_seconds(lab):
    start = time.monotonic()
    with lab.connect() as slow, lab.connect() as silent, lab.connect() as idle:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        idle.sendall(request(last=False))
        assert idle.recv(65536).startswith(b"HTTP/1.1 200 ")
        slow.settimeout(0.25)
        while time.monotonic() - start < 30:
            try:
                slow.sendall(b"a")
                assert slow.recv(1) == b""
                break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        assert 4 < time.monotonic() - start < 30
        assert silent.recv(1) == b""
        read_all(idle)
    lab.check_alive()


def test_a_connection_is_kept_and_each_request_has_its_own_limits(lab, unkept):
    connection = http.client.HTTPConnection(lab.host, lab.port, timeout=20)
    connection.connect()
    client = connection.sock
    for _ in range(3):
        for path in ("/", "/engine.wasm", "/nothing"):
            connection.request("GET", path, headers={"X": "a" * 4000})
            response = connection.getresponse()
            body = response.read()
            assert (response.status, body == unkept.get(path[1:] or "index.html")) in ((200, True), (404, False))
            assert response.getheader("connection") != "close" and connection.sock is client
    connection.request("GET", "/", headers={"Connection": "close"})
    response = connection.getresponse()
    assert response.read() == unkept["index.html"] and response.getheader("connection") == "close"


def test_requests_sent_ahead_are_answered_in_order(lab, unkept):
    paths = ["engine.wasm", "icon.svg", "nothing", "dinosaurs.txt", "index.html"] * 12
    with lab.connect() as client:
        client.sendall(b"".join(request("/" + path, last=False) for path in paths) + request("/boot.js"))
        reader = client.makefile("rb")
        for path in [*paths, "boot.js"]:
            assert reader.readline().split()[1] == (b"200" if path in unkept else b"404")
            length = 0
            while (line := reader.readline()) != b"\r\n":
                name, value = line.decode().lower().split(":", 1)
                length = int(value) if name == "content-length" else length
            body = reader.read(length)
            assert path not in unkept or body == unkept[path]
        assert reader.read() == b""


@pytest.mark.parametrize("data", [
    b"\x00\xff\xfe garbage\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200, b"\r\n" * 5000,
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\x00\r\n\r\n", b"GET /\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n"])
def test_garbage_is_refused_without_harm(lab, data):
    answer = lab.raw(data)
    if answer:
        head = answer.split(b"\r\n\r\n")[0].lower()
        assert head.startswith(b"http/1.1 4") and b"connection: close" in head
        assert answer.count(b"HTTP/1.1 ") == 1
        assert all(f"{name}: {value}".lower().encode() in head for name, value in HEADERS.items())
    lab.check_alive()


def test_what_came_before_garbage_is_answered(lab, files):
    answer = lab.raw(request(last=False) + b"\x00\x01 garbage\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ") and files["icon.svg"] in answer
    lab.check_alive()


def test_clients_that_vanish_do_no_harm(lab):
    for count in range(60):
        with lab.connect() as client:
            client.sendall(request("/engine.wasm", last=False) * (1 + count % 20))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for _ in range(20):
        with lab.connect() as client:
            client.sendall(b"GET / HTT")
    lab.check_alive()


def test_at_most_256_connections():
    with Lab() as lab:
        clients = [lab.connect() for _ in range(256)]
        more = lab.connect()
        assert read_all(more) == b""
        assert all(map(is_open, clients))
        clients[0].setblocking(True)
        clients[0].sendall(request())
        assert read_all(clients[0]).startswith(b"HTTP/1.1 200 ")
        for client in [*clients, more]:
            client.close()
        for _ in range(300):
            lab.check_alive()


@pytest.mark.parametrize("code", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("ignored", [False, True], ids=["heard", "ignored by the parent"])
def test_signals_end_it(code, ignored):
    prepare = (lambda: signal.signal(code, signal.SIG_IGN)) if ignored else None
    with Lab(preexec_fn=prepare) as lab, lab.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        assert lab.end(code) == (128 + code, "")
        assert read_all(client) == b""
        with pytest.raises(ConnectionRefusedError):
            lab.connect()


def test_a_port_can_be_taken_again_at_once():
    with Lab() as lab:
        with lab.connect() as client:
            client.sendall(request(last=False))
            client.recv(100)
            lab.end()
        with Lab(command=("serve", "--port", str(lab.port))) as again:
            assert again.port == lab.port
            again.check_alive()


def test_a_port_in_use(tool, lab):
    message = tool.fails(69, "serve", "--port", lab.port)
    assert f"port {lab.port} is in use" in message and "--port 0" in message and message.count("\n") == 1
    lab.check_alive()


@pytest.mark.parametrize("flags, words", [
    (["--port", 65536], "--port 65536"), (["--port", -1], "--port"), (["--port", "abc"], "abc"),
    (["--port", 1e3], "1000.0"), (["--port", "99999999999999999999"], "--port"), (["--port"], "--port"),
    (["--host", "203.0.113.1", "--port", 0], "--host 203.0.113.1"), (["--host", "", "--port", 0], "--host"),
    (["--unknown"], "--unknown"), (["extra"], "extra")])
def test_flags_that_cannot_be(tool, flags, words):
    assert words in tool.fails(64, "serve", *flags)


def test_another_address_is_said():
    with Lab("--host", "0.0.0.0") as lab:
        assert lab.address == f"http://0.0.0.0:{lab.port}/"
        lab.check_alive()
        assert lab.status(request(host=b"example.com")) == 421
        code, error = lab.end()
        assert error.startswith("note: with --host 0.0.0.0 ") and error.count("\n") == 1
    with Lab("--host", "localhost") as lab:
        lab.check_alive()
        assert lab.end()[1] == ""


def test_serves_over_ipv6():
    try:
        socket.socket(socket.AF_INET6).bind(("::1", 0))
    except OSError:
        pytest.skip("no IPv6 here")
    with Lab("--host", "::1") as lab:
        assert lab.address == f"http://[::1]:{lab.port}/"
        lab.check_alive()
        assert lab.end()[1] == ""


def test_from_reads_the_page_anew(tmp_path, files):
    folder = tmp_path / "Web"
    folder.mkdir()
    (folder / "index.html").write_text("first")
    (folder / "secret.txt").write_text("not of the site")
    with Lab("--from", folder) as lab:
        status, first, body = lab.get("/")
        assert (status, body) == (200, b"first") and first.items() >= HEADERS.items()
        (folder / "index.html").write_text("second, longer")
        status, second, body = lab.get("/", headers={"If-None-Match": first["etag"]})
        assert (status, body) == (200, b"second, longer") and second["etag"] != first["etag"]
        assert lab.get("/", headers={"If-None-Match": second["etag"]})[0] == 304
        (folder / "engine").mkdir()
        (folder / "engine/trainer.js").write_text("changed")
        assert lab.get("/engine/trainer.js")[2] == b"changed"
        assert lab.get("/engine.wasm")[2] == files["engine.wasm"]
        assert lab.get("/secret.txt")[0] == 404 and lab.status(request("/../Web/secret.txt")) == 404
        (folder / "index.html").unlink()
        assert lab.get("/")[0] == 200


def test_from_needs_a_page(tool):
    (tool.folder / "empty").mkdir()
    tool.write("file", "")
    for folder in ("empty", "missing", "file"):
        message = tool.fails(66, "serve", "--port", 0, "--from", folder)
        assert f"{folder} has no index.html" in message and message.count("\n") == 1


def test_the_default_command_serves(usual_port):
    with Lab(command=()) as lab:
        assert lab.address == f"http://127.0.0.1:{usual_port}/"
        lab.check_alive()
        assert lab.end(signal.SIGINT) == (130, "")


@pytest.mark.parametrize("command", [(), ("serve", "--port", str(USUAL_PORT))], ids=["default", "named"])
def test_a_browser_may_keep_what_the_usual_port_serves(usual_port, files, command):
    with Lab(command=command) as lab:
        check_files(lab, files)


def test_no_browser_keeps_a_page_that_is_worked_on(usual_port, tmp_path, files, unkept):
    folder = tmp_path / "Web"
    shutil.copytree(ROOT / "Web", folder)
    (folder / "index.html").write_bytes(unkept["index.html"])
    with Lab("--from", folder, command=("serve",)) as lab:
        assert lab.port == usual_port
        assert lab.get("/")[2] == unkept["index.html"]
        assert lab.get("/service-worker.js")[2] == unkept["service-worker.js"]
        assert lab.get("/no-service-worker.js")[0] == 404


def fnv1a(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def test_the_worker_names_every_file_and_a_hash_of_them(files):
    first, source = files["service-worker.js"].split(b"\n", 1)
    assert source == (ROOT / "Web/service-worker.js").read_bytes()
    lab = json.loads(re.fullmatch(r"self\.lab = (\{.*\});", first.decode())[1])
    paths = lab.pop("paths")
    assert len(paths) == len(set(paths)) and set(paths) == set(files) - {"service-worker.js"}
    # Each path, 255, the bytes, their count in four bytes: any change of any file gives another hash.
    whole = b"".join(
        path.encode() + b"\xff" + files[path] + struct.pack("<I", len(files[path])) for path in paths)
    assert lab == {"version": f"{fnv1a(whole):016x}"}


def test_the_manifest_speaks_of_the_page(files):
    manifest = json.loads(files["lab.webmanifest"])
    page, tokens = files["index.html"].decode(), files["lab.css"].decode()
    assert f"<title>{manifest['name']}</title>" in page and manifest["description"] in page
    assert manifest["background_color"] == manifest["theme_color"] == re.search(r"--paper: (#\w+)", tokens)[1]
    assert manifest["start_url"] == "./" and manifest["display"] == "standalone"
    assert [icon["src"] for icon in manifest["icons"]] == ["icon.svg"]


def test_the_default_command_takes_the_flags_of_serve():
    with Lab(command=("--port", "0")) as lab:
        lab.check_alive()


def test_needs_a_reader_for_its_address(tool):
    """Nobody reads the address: an error, not a server that nobody knows of."""
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run([BINARY, "serve", "--port", "0"], stdout=writer, stderr=subprocess.PIPE, timeout=20)
    os.close(writer)
    assert result.returncode == 74 and result.stderr.count(b"\n") == 1


def test_site_writes_into_a_folder_that_may_exist(tool, files):
    for _ in range(2):
        text = tool("site", "--output", "a/b").stdout.decode()
        assert text.startswith(f"{len(files)} files, ") and "a/b" in text
    (tool.folder / "a/b/index.html").write_text("old")
    tool("site", "--output", "a/b")
    assert (tool.folder / "a/b/index.html").read_bytes() == files["index.html"]
    left = [path for path in (tool.folder / "a/b").rglob("*") if path.is_file()]
    assert len(left) == len(files)


def test_site_needs_a_place(tool):
    assert "--output" in tool.fails(64, "site")
    tool.write("file", "kept")
    message = tool.fails(73, "site", "--output", "file")
    assert "file" in message and message.count("\n") == 1 and (tool.folder / "file").read_text() == "kept"
    tool.fails(73, "site", "--output", "file/below")


REFERENCES = {
    # What is loaded, and links within the lab; a link elsewhere loads nothing.
    ".html": [r'(?<!rel="noopener noreferrer" )(?:href|src)="([^"#]+)'],
    ".css": [r"""url\(["']?([^"')]+)""", r"""@import\s+["']([^"']+)"""],
    ".js": [r"""(?:^|\n)(?:import|export)[^;'"]*?from\s*["']([^"']+)["']""", r"""(?:^|\n)import\s*["']([^"']+)["']""",
            r"""(?:fetch|new Worker|new URL|register)\(\s*["']([^"']+)["']"""],
    ".webmanifest": [r'"(?:src|start_url)": *"([^"]+)"'],
}


def references(path, data, page):
    """(reference, address it means) of a file of the site; code's addresses are below the page, imports below the file."""
    text = data.decode(errors="replace")
    for number, pattern in enumerate(REFERENCES.get(os.path.splitext(path)[1], [])):
        for reference in re.findall(pattern, text):
            if not reference.startswith("data:"):
                base = page if path.endswith(".js") and number == 2 else urllib.parse.urljoin(page, path)
                yield reference, urllib.parse.urljoin(base, reference)


def test_the_site_works_below_a_path_of_any_host(tool, files):
    tool("site", "--output", "host/some/lab")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    host = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=tool.folder / "host"))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    page = f"http://127.0.0.1:{host.server_port}/some/lab/"
    try:
        waiting, reached = [page], {page}
        while waiting:
            address = waiting.pop()
            path = address.removeprefix(page) or "index.html"
            with urllib.request.urlopen(address, timeout=20) as answer:
                data = answer.read()
            assert data == files[path]
            for reference, target in references(path, data, page):
                assert not re.match(r"/|[a-z]+:", reference), f"{path}: {reference}"
                assert target.startswith(page), f"{path}: {reference}"
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
    finally:
        host.shutdown()
        host.server_close()
    found = {address.removeprefix(page) or "index.html" for address in reached}
    assert {"boot.js", "worker-boot.js", "lab.css", "engine.wasm", "dinosaurs.txt"} <= found
    # Files that nothing loads hold types alone.
    assert all(not re.search(r"^export (function|const|class)", files[path].decode(), re.M)
               for path in set(files) - found)


def test_site_prints_one_object(tool):
    result = tool("site", "--output", "out", "--json")
    assert result.stderr == b"" and list(json.loads(result.stdout)) == ["bytes", "files", "output"]
