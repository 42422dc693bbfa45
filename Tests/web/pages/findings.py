"""The deck's findings as charts."""
from playwright.sync_api import expect

PATHS = ["/findings", "/findings?lang=fr", "/findings?lang=de"]
KILOBYTES = 160


def test_each_chart_is_drawn_from_its_table(browse):
    page = browse("/findings")
    for plot in page.locator("svg.plot").all():
        assert plot.locator(".bar").count() > 0
    uptake = page.locator("svg[data-table=uptake-table]")
    assert uptake.locator(".shown").all_text_contents() == ["56%", "46%", "44%", "36%"]
    labels = page.locator("#uptake-table tbody th").all_inner_texts()
    assert uptake.locator(".label").all_text_contents() == labels


def test_a_bar_is_as_long_as_its_number(browse):
    page = browse("/findings")
    widths = page.locator("svg[data-table=uptake-table] .bar").evaluate_all(
        "bars => bars.map(bar => bar.width.baseVal.value)")
    tracks = page.locator("svg[data-table=uptake-table] .track").first.evaluate("track => track.width.baseVal.value")
    assert [round(100 * width / tracks) for width in widths] == [56, 46, 44, 36]


def test_a_chart_fits_the_window_again_when_that_changes(browse):
    page = browse("/findings")
    page.set_viewport_size({"width": 320, "height": 640})
    plot = page.locator("svg[data-table=uptake-table]")
    expect(plot.locator(".track").first).to_have_js_property("width.baseVal.value", plot.evaluate("svg => svg.clientWidth - 96"))


def test_each_figure_has_its_question_and_its_file(browse, registry):
    page = browse("/findings")
    for link in page.locator(".asked a").all():
        answer = page.request.get(registry.origin + link.get_attribute("href"))
        assert answer.ok
        expected = "text/csv" if "format=csv" in link.get_attribute("href") else "application/json"
        assert answer.headers["content-type"].startswith(expected)


def test_without_scripts_there_are_tables_and_no_empty_charts(browse):
    page = browse("/findings", scripts=False)
    expect(page.locator("svg.plot").first).to_be_hidden()
    expect(page.locator("#uptake-table")).to_contain_text("56%")
