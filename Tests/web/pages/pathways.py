from playwright.sync_api import expect

PATHS = ["/pathways", "/pathways?held=international-welding-practitioner-iwp&goal=international-welding-engineer-iwe",
         "/pathways?level=5&lang=de"]


def test_what_is_held_and_the_goal_are_found_chosen_and_planned_without_a_script(browse):
    page = browse("/pathways", scripts=False)
    page.get_by_label("Find a credential you hold").fill("practitioner")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose International Welding Practitioner").click()
    page.get_by_label("Find the credential you want").fill("engineer")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Choose International Welding Engineer").click()
    expect(page.get_by_role("article").first).to_contain_text("Take International Welding Engineer (IWE) · 448 hours")
    page.get_by_role("link", name="Remove International Welding Practitioner").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
