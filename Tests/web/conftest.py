"""What a test is given: `registry`, a served one that all share, and `browse`, a way to open its pages."""
import os, pathlib, shutil, sys

import pytest
from playwright.sync_api import expect, sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from pieces import Pieces
from registry import Registry

# Machines that test are busy.
expect.set_options(timeout=15_000)

TELLS_VIOLATIONS = """addEventListener('securitypolicyviolation',
  event => console.error('policy', event.effectiveDirective, event.blockedURI))"""


@pytest.fixture(scope="session")
def registry():
    registry = Registry()
    yield registry
    registry.end()


@pytest.fixture(scope="session")
def far_away(registry):
    """The registry's origin for who has its pages piece by piece."""
    pieces = Pieces(registry.origin)
    yield pieces.origin
    pieces.end()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            # As root there is no sandbox; what it would load is this test's own server, and no name is looked up.
            # Somebody else's page in a test may frame what this machine serves.
            args=["--no-sandbox", "--disable-features=LocalNetworkAccessChecks",
                  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"])
        yield browser
        browser.close()


@pytest.fixture
def browse(registry, chromium):
    """Opens a path in a browser of its own, with nothing in its cache. What went wrong on any of them (an error in the
    console, a request that failed or left the origin, a violation of the policy) fails the test at its end."""
    contexts, problems = [], []

    def open_page(path, status=200, refused=None, scripts=True, width=1280, origin=registry.origin, **options):
        context = chromium.new_context(base_url=origin, viewport={"width": width, "height": 900},
                                       java_script_enabled=scripts, reduced_motion="reduce", **{"locale": "en", **options})
        contexts.append(context)
        context.add_init_script(TELLS_VIOLATIONS)
        context.set_default_timeout(15_000)
        watch(context, origin, problems, {status, refused})
        page = context.new_page()
        assert page.goto(path).status == status
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not problems


def watch(context, origin, problems, expected):
    def told(message):
        # Chromium tells of the page itself, too, when its status, or that of what it asks, was one that the test expects.
        if message.type == "error" and not any(f"status of {status} " in message.text for status in expected):
            problems.append(f"console: {message.text}")

    def asked(request):
        if not request.url.startswith((origin + "/", "data:", "blob:")):
            problems.append(f"left the origin: {request.url}")

    def failed(request):
        # A page may give up what it no longer needs.
        if request.failure != "net::ERR_ABORTED":
            problems.append(f"failed: {request.url} {request.failure}")

    def answered(response):
        if response.status >= 400 and response.status not in expected:
            problems.append(f"{response.status}: {response.url}")

    context.on("console", told)
    context.on("weberror", lambda error: problems.append(f"uncaught: {error.error}"))
    context.on("request", asked)
    context.on("requestfailed", failed)
    context.on("response", answered)
