"""The map of Europe."""
import re

from playwright.sync_api import expect

PATHS = ["/map", "/map?show=count&sector=C", "/map?show=learning_outcomes.share&lang=fr", "/map?show=rpl_uses&lang=de"]
# The map itself, and D3, which is kept for ever.
KILOBYTES = 160


def test_the_form_chooses_what_is_shown_and_the_address_holds_it(browse):
    page = browse("/map")
    page.get_by_label("Show", exact=True).select_option("workload_hours.avg")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("show=workload_hours.avg"))
    expect(page.get_by_role("heading", level=2)).to_contain_text("Average workload in hours")
    assert page.locator(".countries path.shade-5").count() > 0


def test_the_stages_have_patterns_that_tell_them_apart(browse):
    page = browse("/map")
    dot, field = page.locator("#dots circle"), page.locator("#dots")
    assert 2 * float(dot.evaluate("dot => getComputedStyle(dot).r").removesuffix("px")) < int(field.get_attribute("width")) / 2
    fills = page.locator(".legend rect").evaluate_all("all => all.map(swatch => getComputedStyle(swatch).fill)")
    assert len(set(fills)) == 4


def test_what_the_focus_is_on_is_told_and_leads_to_the_country(browse):
    page = browse("/map")
    ireland = page.locator("svg.map").get_by_role("link", name=re.compile("^Ireland: "))
    ireland.focus()
    expect(page.locator(".map-told")).to_have_text(ireland.get_attribute("aria-label"))
    assert ireland.get_attribute("href") == "/countries/IE"


def test_it_comes_nearer_and_goes_back(browse):
    page = browse("/map")
    layer = page.locator("svg.map > g")
    page.get_by_role("button", name="Zoom in").click()
    expect(layer).to_have_attribute("transform", re.compile(r"scale\(1\.7\)"))
    middle = layer.get_attribute("transform")
    page.keyboard.press("Shift+Tab")
    page.locator("svg.map a").first.focus()
    expect(layer).not_to_have_attribute("transform", middle)
    page.get_by_role("button", name="The whole map").click()
    expect(layer).to_have_attribute("transform", re.compile(r"scale\(1\)"))


def test_a_column_sorts_the_table_both_ways(browse):
    page = browse("/map?show=count")
    column = page.locator("tbody td:nth-child(2)")
    head = page.get_by_role("columnheader", name="Credentials")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    counts = [int(text.replace(",", "")) for text in column.all_inner_texts()]
    assert counts == sorted(counts)
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert [int(text.replace(",", "")) for text in column.all_inner_texts()] == sorted(counts, reverse=True)


def test_without_scripts_the_map_and_its_table_are_there(browse):
    page = browse("/map", scripts=False)
    assert page.locator("svg.map a").count() > 25
    expect(page.get_by_role("row", name=re.compile("^Ireland"))).to_contain_text("Legislation")
