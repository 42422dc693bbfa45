import re

from playwright.sync_api import expect

PATHS = ["/credentials", "/credentials?q=welding&country=IE,null&sort=title", "/credentials?q=nothingmatchesthis", "/credentials?lang=fr",
         "/credentials?lang=de&workload_hours=10..40"]


def test_choosing_a_value_narrows_at_once_and_back_undoes_it(browse):
    page = browse("/credentials")
    all_of_them = page.locator(".count").inner_text()
    page.evaluate("document.documentElement.dataset.same = 'yes'")
    page.locator("#sector-C").click()
    expect(page).to_have_url("/credentials?sector=C")
    expect(page.locator(".chosen-filters")).to_contain_text("Manufacturing")
    expect(page.locator("#sector-C")).to_be_focused()
    assert page.locator(".count").inner_text() != all_of_them
    page.go_back()
    expect(page.locator(".count")).to_have_text(all_of_them)
    assert page.evaluate("document.documentElement.dataset.same") == "yes"


def test_results_follow_what_is_typed(browse):
    page = browse("/credentials?kind=microcredential")
    page.get_by_role("combobox").press_sequentially("weld")
    page.get_by_role("option", name="welding").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("combobox").get_attribute("aria-activedescendant")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_role("combobox").fill("welding")
    expect(page).to_have_url("/credentials?q=welding&kind=microcredential")
    expect(page.locator("mark").first).to_be_visible()


def test_a_suggestion_is_taken_by_the_keyboard_alone(browse):
    page = browse("/credentials")
    page.get_by_role("combobox").press_sequentially("weldi")
    page.get_by_role("option", name="welding").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=welding"))
    expect(page.locator(".result").first).to_be_visible()


def test_a_suggestion_for_less_cant_be_taken_for_more(browse):
    page = browse("/credentials")
    asked = {}
    page.route("**/suggest?**", lambda route: asked.update({route.request.url.split("q=")[1]: route}))

    def answer(typed, *texts):
        for _ in range(750):
            if typed not in asked:
                page.wait_for_timeout(20)
        asked[typed].fulfill(json={"items": [{"text": text, "kind": "word", "count": 1} for text in texts]})

    page.get_by_role("combobox").press_sequentially("w")
    answer("w", "with", "welding")
    page.get_by_role("option", name="with").wait_for()
    page.get_by_role("combobox").press_sequentially("eld")
    expect(page.get_by_role("option")).to_have_text(["welding"])
    page.keyboard.press("ArrowDown")
    answer("weld", "welded", "welding")
    expect(page.get_by_role("option")).to_have_text(["welded", "welding"])
    expect(page.get_by_role("option", selected=True)).to_have_text("welding")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=welding"))


def test_all_of_it_works_without_a_script(browse):
    page = browse("/credentials", scripts=False)
    page.locator("#sector-C").click()
    page.locator("#hours-from").fill("4")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url("/credentials?sector=C&hours_from=4&hours_to=")
    expect(page.locator(".chosen-filters")).to_contain_text("4 or more")
    page.get_by_role("link", name="Next page").click()
    page.get_by_role("link", name="Back to the start").click()
    expect(page).to_have_url("/credentials?sector=C&workload_hours=4..")


def test_a_phone_folds_the_filters_and_the_sections_away(browse):
    page = browse("/credentials", width=320)
    expect(page.locator("#sector-C")).to_be_hidden()
    page.get_by_text("Filters").first.click()
    expect(page.locator("#sector-C")).to_be_visible()
    expect(page.get_by_role("link", name="Map", exact=True)).to_be_hidden()
    page.get_by_text("Menu").click()
    expect(page.get_by_role("link", name="Map", exact=True)).to_be_visible()


def test_what_cant_be_asked_is_said_with_the_nearest_name(browse):
    page = browse("/credentials?secter=C", status=400)
    expect(page.get_by_role("main")).to_contain_text("Did you mean sector?")
    page = browse("/credentials?q=%3Cscript%3Ealert(1)%3C/script%3E")
    expect(page.get_by_role("combobox")).to_have_value("<script>alert(1)</script>")
