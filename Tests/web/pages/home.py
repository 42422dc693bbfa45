from playwright.sync_api import expect

PATHS = ["/", "/?lang=de"]


def test_a_search_from_the_first_page_leads_to_its_results(browse):
    page = browse("/")
    page.get_by_role("combobox").fill("welding")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/credentials?q=welding")
    expect(page.locator(".result").first).to_be_visible()


def test_a_figure_leads_to_what_it_counts(browse):
    page = browse("/?lang=fr", scripts=False)
    figure = page.locator(".tally a").first
    number = figure.locator("strong").inner_text()
    figure.click()
    expect(page.locator(".count")).to_have_text(f"{number} résultats")
