import json, urllib.error, urllib.request

from playwright.sync_api import expect

PATHS = ["/credentials/international-welding-engineer-iwe", "/credentials/international-welding-engineer-iwe?lang=de",
         "/credentials/battery-systems-for-vehicles-for-beginners?lang=fr"]


def stacked(registry):
    """A microcredential that stacks to a qualification by a rule; its slug."""
    key = registry.command("key", "create", "--role", "admin").split()[-1]
    posts = [("credentials", {"slug": "tig", "title": {"en": "TIG welding", "de": "WIG-Schweißen"}, "workload": {"hours": 80}}),
             ("credentials", {"slug": "welder", "title": "Welder", "kind": "full_qualification"}),
             ("stacking-rules", {"slug": "welder", "kind": "accumulates_to", "target": "welder", "jurisdiction": "DK",
                                 "groups": [{"components": ["tig"]}], "legal_basis": "Example act"})]
    for path, body in posts:
        request = urllib.request.Request(f"{registry.origin}/v1/{path}", json.dumps(body).encode(),
                                         {"Authorization": f"Bearer {key}", "Content-Type": "application/json"})
        try:
            urllib.request.urlopen(request).close()
        except urllib.error.HTTPError as error:
            # Another test has posted it.
            assert error.code == 409
    return "tig"


def test_the_stack_is_drawn_with_links_that_the_keyboard_reaches(registry, browse):
    from test_every_page import found_by_axe
    page = browse(f"/credentials/{stacked(registry)}")
    node = page.locator("svg a.node")
    expect(node).to_have_count(1)
    assert found_by_axe(page) == []
    node.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Welder")


def test_facts_say_what_is_not_stated_and_what_is_printed(browse):
    page = browse(PATHS[0], scripts=False)
    expect(page.locator("dt", has_text="Supervision").locator("+ dd")).to_have_text("not stated")
    expect(page.locator("dt", has_text="Participation").locator("+ dd")).to_contain_text("person/blended")
    expect(page.get_by_text("3 of 13 standard elements are stated.")).to_be_visible()


def test_a_similar_one_tells_what_overlaps_and_leads_to_its_page(browse):
    page = browse(PATHS[0])
    card = page.locator("section[aria-labelledby=similar] li.card").first
    card.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_text("both").first).to_be_visible()
    card.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url != PATHS[0]


def test_the_past_is_asked_for_by_its_day(browse):
    page = browse(PATHS[0], status=200)
    day = page.get_by_label("As it stood on")
    expect(day).to_have_attribute("type", "date")
    assert day.evaluate("field => field.form.action.endsWith(location.pathname)")


def test_its_links_to_data_answer(browse):
    page = browse(PATHS[0])
    for name in ["JSON", "CSV", "NDJSON"]:
        address = page.locator("section[aria-labelledby=data]").get_by_role("link", name=name, exact=True).get_attribute("href")
        answer = page.request.get(address)
        assert answer.status == 200 and "international-welding-engineer-iwe" in answer.text()


def test_it_prints_without_what_a_sheet_of_paper_cannot_do(browse):
    page = browse(PATHS[0])
    page.emulate_media(media="print")
    expect(page.locator("form.as-of")).to_be_hidden()
    expect(page.locator(".top nav")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
