from playwright.sync_api import expect

PATHS = ["/docs", "/docs?lang=de", "/docs/reference/getCredential", "/docs/reference/createCredential",
         "/docs/schemas/CredentialInput", "/docs/analysts", "/docs/analysts?lang=fr", "/docs/providers?lang=de"]


def test_an_operation_is_tried_with_what_its_form_says(browse):
    page = browse("/docs/reference/getCredential")
    page.get_by_label("slug").fill("international-welding-engineer-iwe")
    page.get_by_label("fields").fill("title")
    page.keyboard.press("Enter")
    answer = page.locator(".answer")
    expect(answer).to_contain_text("HTTP/1.1 200")
    expect(answer).to_contain_text("International Welding Engineer")
    expect(answer).to_contain_text("/v1/credentials/international-welding-engineer-iwe?fields=title'")
