from playwright.sync_api import expect

PATHS = ["/providers", "/providers?country=null&lang=fr"]


def test_a_provider_is_found_by_its_name_and_kind(browse):
    page = browse("/providers", scripts=False)
    page.get_by_role("searchbox").fill("7")
    page.get_by_role("button", name="Search").click()
    page.locator("#kind-vet_provider").click()
    expect(page).to_have_url("/providers?q=7&kind=vet_provider")
    expect(page.locator(".result")).to_have_count(1)
