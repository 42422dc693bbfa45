"""What holds of every page. A file of pages/ names its pages in PATHS, and in KILOBYTES what they may weigh if not 100."""
import importlib, pathlib

import axe_playwright_python
import pytest

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FILES = [importlib.import_module(f"pages.{file.stem}") for file in sorted(pathlib.Path(__file__).parent.glob("pages/*.py"))]
PAGES = [pytest.param(path, getattr(file, "KILOBYTES", 100), id=path) for file in FILES for path in file.PATHS]
every_page = pytest.mark.parametrize("path, kilobytes", PAGES)


def found_by_axe(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate("rules => axe.run(rules).then(result => result.violations)", RULES)
    return [f"{violation['id']}: {node['html']} {node['failureSummary']}" for violation in violations for node in violation["nodes"]]


def overflows(page):
    return page.evaluate("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth")


@every_page
def test_axe_finds_nothing_in_light_and_dark_and_on_a_phone(browse, path, kilobytes):
    page = browse(path)
    assert found_by_axe(page) == []
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert found_by_axe(page) == []


@every_page
def test_it_is_light(browse, path, kilobytes):
    page = browse(path)
    weight = page.evaluate("""[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .reduce((sum, entry) => sum + entry.transferSize, 0)""")
    assert weight <= kilobytes * 1024


@every_page
def test_it_stands_still_while_it_comes(browse, far_away, path, kilobytes):
    page = browse(path, origin=far_away)
    shift = page.evaluate("""new Promise(tell => {
      let sum = 0
      new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
        .observe({type: 'layout-shift', buffered: true})
      setTimeout(() => tell(sum), 100)
    })""")
    assert shift < 0.01


@every_page
def test_nothing_is_beyond_the_edge_of_a_phone_or_at_twice_the_size(browse, path, kilobytes):
    page = browse(path, width=640)
    assert not overflows(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not overflows(page)


@every_page
def test_it_reads_without_javascript(browse, path, kilobytes):
    page = browse(path, scripts=False, width=320)
    assert page.locator("main h1").count() == 1
    assert len(page.locator("main").inner_text()) > 80
    assert not overflows(page)


@every_page
def test_the_keyboard_reaches_all_and_sees_where_it_is(browse, path, kilobytes):
    page = browse(path)
    page.keyboard.press("Tab")
    assert page.locator(".skip:focus").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    stops = page.evaluate(FOLLOWS_FOCUS)
    # Behind the last one the keyboard comes round to the first.
    for stop in range(2 * stops):
        page.keyboard.press("Tab")
        if stop >= stops / 2 and stop % 10 == 0 and page.evaluate("[...wanted].every(element => reached.has(element))"):
            break
    assert page.evaluate("[...wanted].filter(element => !reached.has(element)).map(element => element.outerHTML)") == []
    assert page.evaluate("[...unseen].map(element => element.outerHTML)") == []


# Of a group of radio buttons the keyboard stops at one. A link that stands for its card shows focus around the card, one
# in a drawing by a thicker line.
FOLLOWS_FOCUS = """() => {
  window.reached = new Set()
  window.unseen = new Set()
  window.wanted = new Set([...document.querySelectorAll(
    'a[href], button, input:not([type=hidden], [type=radio]), select, textarea, summary, [tabindex="0"]')]
    .filter(element => !element.disabled && element.tabIndex >= 0 && element.checkVisibility({visibilityProperty: true})))
  const isOutlined = (element, part) => {
    const style = getComputedStyle(element, part)
    return style.outlineStyle != 'none' && style.outlineWidth != '0px' || !part && style.boxShadow != 'none'
  }
  const isDrawn = element => [...element.querySelectorAll('rect, path, circle')]
    .some(shape => parseFloat(getComputedStyle(shape).strokeWidth) >= 3)
  addEventListener('focusin', ({target}) => {
    reached.add(target)
    if (!isOutlined(target) && !isOutlined(target, '::after') && !isDrawn(target)) unseen.add(target)
  })
  return wanted.size + document.querySelectorAll('[type=radio]').length
}"""
