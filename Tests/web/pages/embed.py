from playwright.sync_api import expect

# The card is no page of the explorer's frame: it has no navigation to skip.
PATHS = []
CARD = "/embed/credentials/international-welding-engineer-iwe"


def test_the_card_reads_without_scripts_at_any_width_in_light_and_dark(browse):
    from test_every_page import found_by_axe, overflows
    page = browse(CARD, width=480)
    for scheme in ["light", "dark"]:
        page.emulate_media(color_scheme=scheme)
        assert found_by_axe(page) == []
    page.set_viewport_size({"width": 240, "height": 240})
    assert not overflows(page)
    expect(page.get_by_role("link", name="International Welding Engineer (IWE)")).to_be_visible()


def test_somebody_elses_page_shows_the_card(registry, chromium):
    context = chromium.new_context()
    page = context.new_page()
    code = page.request.get(f"{registry.origin}/oembed?url={registry.origin}{CARD.removeprefix('/embed')}").json()["html"]
    page.route("http://elsewhere.test/", lambda route: route.fulfill(content_type="text/html", body=f"<!doctype html>{code}"))
    page.goto("http://elsewhere.test/")
    card = page.frame_locator("iframe")
    expect(card.get_by_role("heading", level=1)).to_be_visible()
    # Its style sheet is allowed, too, though the frame is in a sandbox.
    assert card.locator("dl").evaluate("list => getComputedStyle(list).display") == "grid"
    context.close()


def test_no_page_but_the_card_may_be_framed(registry, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.route("http://elsewhere.test/", lambda route: route.fulfill(
        content_type="text/html", body=f"<!doctype html><iframe src='{registry.origin}/countries'></iframe>"))
    page.goto("http://elsewhere.test/")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_count(0)
    context.close()
