import pytest
from playwright.sync_api import expect

PATHS = ["/publish", "/publish?lang=fr"]


@pytest.fixture
def publishing(browse, registry):
    page = browse("/publish")
    page.get_by_label("Key", exact=True).fill(registry.key())
    return page


def test_a_credential_is_posted_from_the_form(publishing):
    page = publishing
    page.get_by_label("Title").fill("Bridge rigging")
    page.get_by_label("Countries").fill("dk, se")
    page.get_by_label("Workload in hours").fill("22,5")
    page.get_by_label("Learning outcomes").fill("Rig a bridge\nTake it down")
    page.get_by_label("In person").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Stored; it is on disk.")).to_be_visible()
    made = page.request.get("/v1/credentials/bridge-rigging").json()
    assert made["countries"] == ["DK", "SE"] and made["workload"] == {"hours": 22.5}
    assert [outcome["text"] for outcome in made["learning_outcomes"]] == [{"en": "Rig a bridge"}, {"en": "Take it down"}]
    assert made["participation"] == ["in_person"] and made["sector"] is None


def test_what_the_api_refuses_stands_at_its_fields(browse, registry):
    page = browse("/publish", refused=422)
    page.get_by_label("Key", exact=True).fill(registry.key())
    page.get_by_label("Countries").fill("DX")
    page.get_by_role("button", name="Publish").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("Countries")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Countries")).to_have_accessible_description("Codes with commas between: DK, SE There is no country \"DX\". Did you mean AX?")
    expect(page.get_by_label("Title")).to_have_accessible_description("A credential has a title.")


def test_a_wrong_key_is_told(browse):
    page = browse("/publish", refused=401)
    page.get_by_label("Key", exact=True).fill("cairn_wrong")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("key")


def test_a_file_is_checked_row_by_row_and_then_imported(publishing):
    page = publishing
    rows = "external_id;title;workload\nweb-1;Rope access;22,5 hours\nweb-2;Crane signals;a while\n"
    page.get_by_label("Choose a file").set_input_files({"name": "rows.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("row", name="3 rejected")).to_contain_text("workload")
    assert page.request.get("/v1/credentials?external_id=web-1").json()["items"] == []
    page.get_by_role("button", name="Import 1 rows").click()
    expect(page.get_by_text("Done: 1 new, 1 rejected")).to_be_visible()
    expect(page.get_by_role("link", name="rope-access")).to_be_visible()


def test_the_key_is_kept_nowhere(publishing):
    page = publishing
    page.reload()
    assert page.get_by_label("Key", exact=True).input_value() == ""
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
