"""Firefox and WebKit, driven over their own protocols: a page opened, a script run in it."""

import http.client
import itertools
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # nox -s tests has no playwright
    from playwright.sync_api import Browser

# No more than a busy computer needs to start a browser, or to open the longest page.
PATIENCE = 120

SIZE = {"x": 0, "y": 0, "width": 1440, "height": 900}

# No page of the site needs another host: a request to one goes to a port where nobody answers.
FIREFOX = """
user_pref("marionette.port", 0);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.no_proxies_on", "127.0.0.1");
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
"""

T = TypeVar("T")
# WebKit (2.50) calls fonts ready before it draws with them.
LOADED = """
return Promise.all([...document.fonts].map((font) => font.load()))
  .then(() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(0)))));
"""

Send = Callable[[str, dict[str, Any]], Any]


class Window:
    """A window of a browser.

    Parameters
    ----------
    name : str
        The engine and its version.
    send : callable
        Sends a command of WebDriver with its parameters, and returns the value.
    """

    def __init__(self, name: str, send: Send) -> None:
        self.name = name
        self._send = send
        send("SetTimeouts", {"script": PATIENCE * 1000, "pageLoad": PATIENCE * 1000})
        send("SetWindowRect", SIZE)

    def open(self, address: str) -> None:
        """Open a page, and wait for its fonts."""
        self._send("Navigate", {"url": address})
        self.run(LOADED)

    def run(self, script: str, *arguments: object) -> Any:
        """Return what the body of a function returns; a promise is waited for."""
        return self._send("ExecuteScript", {"script": script, "args": arguments})

    def wait(self, condition: str) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.run(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"never true in {self.name}: {condition}"
            time.sleep(0.05)


@contextmanager
def chromium(browser: "Browser") -> Iterator[Window]:
    """Open a window of a Chromium that has been started."""
    page = browser.new_page()

    def send(name: str, parameters: dict[str, Any]) -> Any:
        if name == "SetWindowRect":
            page.set_viewport_size({"width": parameters["width"], "height": parameters["height"]})
        elif name == "Navigate":
            page.goto(parameters["url"])
        elif name == "ExecuteScript":
            function = f"(all) => (function () {{ {parameters['script']} }}).apply(null, all)"
            return page.evaluate(function, [*parameters["args"]])
        return None

    yield Window(f"Chromium {browser.version}", send)
    page.close()


@contextmanager
def firefox() -> Iterator[Window]:
    """Start Firefox, and speak Marionette with it, which is WebDriver without a server between."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    assert path, "no Firefox on the PATH (Debian: apt-get install firefox-esr)"
    with ExitStack() as stack:
        profile = Path(stack.enter_context(temporary()))
        (profile / "user.js").write_text(FIREFOX, "utf-8")
        command = [path, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        stack.enter_context(running(command, {"HOME": str(profile), "TMPDIR": str(profile)}))
        port = until(lambda: int((profile / "MarionetteActivePort").read_text("utf-8")))
        wire = stack.enter_context(until(lambda: socket.create_connection(("127.0.0.1", port))))
        wire.settimeout(PATIENCE)
        stream = stack.enter_context(wire.makefile("rb"))
        numbers = itertools.count(1)

        def receive() -> Any:
            length = b""
            while (byte := stream.read(1)) not in {b":", b""}:
                length += byte
            return json.loads(stream.read(int(length)))

        def send(name: str, parameters: dict[str, Any]) -> Any:
            message = json.dumps([0, next(numbers), f"WebDriver:{name}", parameters]).encode()
            wire.sendall(b"%d:%s" % (len(message), message))
            _, _, error, result = receive()
            assert error is None, f"Firefox, {name}: {error['message']}"
            return result.get("value") if isinstance(result, dict) else result

        receive()  # its greeting
        started = send("NewSession", {"capabilities": {}})
        version = started["capabilities"]["browserVersion"] if started else path
        yield Window(f"Firefox {version}", send)


@contextmanager
def webkit() -> Iterator[Window]:
    """Start WebKitGTK on a screen of its own, and speak WebDriver with it."""
    path, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    assert path, "no WebKitWebDriver on the PATH (Debian: apt-get install webkit2gtk-driver)"
    assert screen, "no Xvfb on the PATH (Debian: apt-get install xvfb)"
    with ExitStack() as stack:
        home = stack.enter_context(temporary())
        number, written = os.pipe()
        stack.callback(os.close, number)
        display = [
            screen,
            "-displayfd",
            str(written),
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
        ]
        stack.enter_context(running(display, {}, (written,)))
        os.close(written)
        shown = f":{os.read(number, 16).decode().strip()}"
        port = free_port()
        settings = {
            "HOME": home,
            "DISPLAY": shown,
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "GDK_BACKEND": "x11",
        }
        stack.enter_context(running([path, f"--port={port}"], settings))
        until(lambda: socket.create_connection(("127.0.0.1", port))).close()
        http_connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        stack.callback(http_connection.close)

        def ask(method: str, address: str, parameters: dict[str, Any]) -> Any:
            http_connection.request(
                method, address, json.dumps(parameters) if method == "POST" else None
            )
            answer = json.loads(http_connection.getresponse().read())["value"]
            wrong = (
                answer.get("message") if isinstance(answer, dict) and "error" in answer else None
            )
            assert wrong is None, f"WebKit, {address}: {wrong}"
            return answer

        started = ask("POST", "/session", {"capabilities": {}})
        session = f"/session/{started['sessionId']}"
        stack.callback(ask, "DELETE", session, {})

        def send(name: str, parameters: dict[str, Any]) -> Any:
            return ask("POST", session + PLACES[name], parameters)

        yield Window(f"WebKit {started['capabilities']['browserVersion']}", send)


# Where the commands of WebDriver are found over HTTP.
PLACES = {
    "SetTimeouts": "/timeouts",
    "SetWindowRect": "/window/rect",
    "Navigate": "/url",
    "ExecuteScript": "/execute/sync",
}


@contextmanager
def running(
    command: list[str], settings: Mapping[str, str], pass_fds: tuple[int, ...] = ()
) -> Iterator[None]:
    """Run a command, and end it with all that it started."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdout=quiet, stderr=quiet, env={**os.environ, **settings}, pass_fds=pass_fds
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def temporary() -> "tempfile.TemporaryDirectory[str]":
    """Return a folder that goes away, even while a browser that ends still writes into it."""
    return tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def until(look: Callable[[], T]) -> T:
    """Return what can be had once a program has started."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return look()
        except (OSError, ValueError):
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
