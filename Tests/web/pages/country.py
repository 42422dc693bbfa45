from playwright.sync_api import expect

PATHS = ["/countries", "/countries?lang=fr", "/countries/IE", "/countries/BE-FL?lang=de", "/countries/EL"]


def test_a_country_of_the_list_tells_its_stage_with_its_source(browse):
    page = browse("/countries")
    link = page.get_by_role("link", name="Ireland", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/countries/IE")
    stage = page.locator("section[aria-labelledby=stage]")
    expect(stage).to_contain_text("Legislation or draft regulations introduced")
    expect(stage).to_contain_text("indicative example")
    expect(stage.get_by_role("link")).to_have_attribute("href", "https://www.cedefop.europa.eu/en/projects/"
                                                        "microcredentials-labour-market-education-and-training")


def test_the_past_is_shown_for_the_day_that_is_asked_for(browse):
    page = browse("/countries/IE")
    page.get_by_label("As it stood on").fill("2020-01-01")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("This is as it stood on 1 January 2020")).to_be_visible()
    expect(page.locator("section[aria-labelledby=stage]")).to_contain_text("not stated")


def test_other_countries_unfold_by_keyboard(browse):
    page = browse("/countries")
    page.locator("summary", has_text="other countries").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Japan")).to_be_visible()
