"""How often what is stated."""
import re

from playwright.sync_api import expect

PATHS = ["/quality", "/quality?by=sector&lang=de", "/quality?by=provider&lang=fr"]
KILOBYTES = 160


def test_by_what_is_chosen_and_in_the_address(browse):
    page = browse("/quality")
    page.get_by_label("By", exact=True).select_option("sector")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/quality\?by=sector"))
    expect(page.locator("table.heat")).to_contain_text("Manufacturing")


def test_a_cell_leads_to_the_credentials_that_lack_the_element(browse):
    page = browse("/quality")
    cell = page.locator("table.heat tbody a[href*='missing=']").first
    expect(cell).to_have_attribute("title", re.compile("state it$"))
    cell.click()
    expect(page).to_have_url(re.compile(r"/credentials\?country=[A-Z-]+&missing="))
