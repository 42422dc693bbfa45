"""Countries, or credentials, side by side."""
from playwright.sync_api import expect

PATHS = ["/compare", "/compare?countries=EE,IE,LV,ES", "/compare?countries=BE-FL,FR&lang=de", "/compare?countries=EE",
         "/compare?credentials=safety-procedures-in-medical-processes,international-welding-engineer-iwe&lang=fr"]


def test_countries_are_chosen_by_their_boxes(browse):
    page = browse("/compare")
    page.get_by_label("Estonia").check()
    page.get_by_label("Ireland").press("Space")
    page.get_by_role("button", name="Compare").first.click()
    expect(page.get_by_role("columnheader", name="Estonia")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Ireland")).to_be_visible()
    expect(page.get_by_role("row", name="Stage of policy on microcredentials")).to_contain_text("Cedefop 2022")


def test_one_country_alone_is_no_comparison(browse):
    page = browse("/compare?countries=EE")
    expect(page.get_by_role("alert")).to_have_text("Two to six countries can be compared.")


def test_credentials_are_named_by_their_short_names(browse):
    page = browse("/compare")
    page.get_by_text("Credentials", exact=True).click()
    page.get_by_label("Short names of two to four credentials").fill(
        "safety-procedures-in-medical-processes\ninternational-welding-engineer-iwe")
    page.get_by_role("button", name="Compare").last.click()
    expect(page.get_by_role("row", name="Workload differs")).to_contain_text("448 hours")
