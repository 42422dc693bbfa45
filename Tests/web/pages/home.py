from playwright.sync_api import expect

PATHS = ["/", "/?lang=fr", "/?lang=de"]


def test_a_search_from_the_first_page_leads_to_its_results(browse):
    page = browse("/")
    page.get_by_role("searchbox").fill("welding")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/credentials?q=welding")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
