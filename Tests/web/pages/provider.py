from playwright.sync_api import expect

PATHS = ["/providers/p00001", "/providers/p00001?lang=fr"]


def test_it_leads_to_its_credentials_and_back(browse):
    page = browse(PATHS[0])
    expect(page.get_by_role("table", name="Its credentials by sector")).to_be_visible()
    link = page.locator("section[aria-labelledby=offer] li").first.get_by_role("link")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who offers it, and where")).to_be_visible()
    page.get_by_role("link", name="Provider 1", exact=True).first.click()
    expect(page).to_have_url(PATHS[0])
